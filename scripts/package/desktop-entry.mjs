/** What a Linux desktop is told about the application: by electron-builder's packages and by our own alike. */
export const desktopEntry = {
  Name: 'Vitrine',
  GenericName: 'Shop-window kiosk',
  Comment: 'Counts anonymously who looks at the shop window, and plays what suits them',
  'Comment[de]': 'Zählt anonym, wer ins Schaufenster schaut, und spielt, was dazu passt',
  Type: 'Application',
  Terminal: 'false',
  Categories: 'AudioVideo;Video;',
  StartupWMClass: 'Vitrine',
};

/** @param {{ readonly command: string, readonly icon: string }} what */
export function desktopFile({ command, icon }) {
  const lines = Object.entries({ ...desktopEntry, Exec: command, Icon: icon }).map(([key, value]) => `${key}=${value}`);
  return `[Desktop Entry]\n${lines.join('\n')}\n`;
}
