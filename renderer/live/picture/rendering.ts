/**
 * Whether pictures are composed by the processor, because there is no usable GPU. Then every repaint of the page costs
 * processor time that the analysis needs, and the page moves only when a new frame comes.
 */
export function rendersInSoftware(): boolean {
  const context = document.createElement('canvas').getContext('webgl', { failIfMajorPerformanceCaveat: true });
  if (!context) return true;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = info ? context.getParameter(info.UNMASKED_RENDERER_WEBGL) : '';
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof renderer === 'string' && /swiftshader|llvmpipe|software/i.test(renderer);
}

const lines = [360, 480, 540, 720, 1080] as const;
const mostLines = 1080;
/** Without a GPU a larger picture costs more in conversion and scaling than it shows. */
const mostLinesInSoftware = 540;

/**
 * Lines to ask the engine for: the next step above what the screen shows, so that a resize does not ask anew each time.
 * @param shownHeight height of the picture on the screen in device pixels
 */
export function previewLines(shownHeight: number, software: boolean): number {
  const fitting = lines.find((height) => height >= shownHeight) ?? mostLines;
  return Math.min(fitting, software ? mostLinesInSoftware : mostLines);
}
