import type { stage as english } from './en.ts';

export const stage: typeof english = {
  title: 'Inhalt dieses Bildschirms',
  welcome: 'Willkommen',
  welcomeText: 'Schön, dass Sie da sind.',
  noticeTitle: 'Dieser Bildschirm zählt, er erkennt niemanden',
  noticeText:
    'Eine Kamera zählt, wie viele Menschen hierher schauen, und schätzt Alter, Geschlecht und einige sichtbare Merkmale. Niemand wird wiedererkannt, kein Bild wird gespeichert oder verschickt.',
  noticeShort: 'Hier zählt und schätzt eine Kamera. Sie erkennt niemanden und speichert keine Bilder.',
  liveView: 'Was die Kamera sieht',
  needsAttention: 'Etwas braucht die Aufmerksamkeit des Betreibers. Die Einrichtung sagt, was.',
};
