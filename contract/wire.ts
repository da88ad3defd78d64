/** Names of the channels under the bridge: preload and main only. Without schemas, so that the preload stays small. */
export const wire = {
  /** invoke: (channel, argument) -> Outcome */
  request: 'vitrine:request',
  /** main -> page: (name, payload) */
  event: 'vitrine:event',
  /** page -> main: (enabled, maxHeight) */
  preview: 'vitrine:preview',
  /** main -> preload: the port for pictures */
  previewPort: 'vitrine:preview-port',
  /** page -> main: (sequence) */
  drawn: 'vitrine:drawn',
  /** page -> main: the page still draws */
  alive: 'vitrine:alive',
  /** page -> main: decoded pictures that are not on screen are of no use */
  dropPictures: 'vitrine:drop-pictures',
} as const;
