import type { SignageProblemTexts } from './en.ts';

export const signageProblems: SignageProblemTexts = {
  'signage-media': (p) =>
    `„${p.item ?? ''}“ in der Playlist „${p.playlist ?? ''}“ kann nicht gezeigt werden und wird übersprungen. Fügen Sie die Datei in der Einrichtung neu hinzu.`,
  'signage-playlist-damaged': (p) =>
    `Die Playlist „${p.playlist ?? ''}“ war beschädigt und wurde beiseitegelegt. Stellen Sie sie in der Einrichtung neu zusammen, oder importieren Sie eine Kopie.`,
  'signage-unwritable': () =>
    'Die Playlist kann nicht gespeichert werden. Prüfen Sie, ob die Festplatte voll oder schreibgeschützt ist.',
};
