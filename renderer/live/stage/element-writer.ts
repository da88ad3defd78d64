const written = new WeakMap<HTMLElement, string>();

/** Sets a transform, unless it is the one already set: an unchanged page is not painted again. */
export function place(element: HTMLElement, transform: string): void {
  if (written.get(element) === transform) return;
  written.set(element, transform);
  element.style.transform = transform;
}

export function show(element: HTMLElement, visible: boolean): void {
  const visibility = visible ? 'visible' : 'hidden';
  if (element.style.visibility !== visibility) element.style.visibility = visibility;
}
