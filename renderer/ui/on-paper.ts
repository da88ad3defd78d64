import './paper.css';

/** Puts a sheet beside the application, so that the printer gets it alone. To be used with `{@attach onPaper}`. */
export function onPaper(sheet: HTMLElement): void {
  sheet.classList.add('on-paper');
  document.body.append(sheet);
}
