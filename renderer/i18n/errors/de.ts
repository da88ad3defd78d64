import type { ErrorTexts } from './en.ts';

export const errors: ErrorTexts = {
  locked: 'Bitte geben Sie die PIN noch einmal ein.',
  'too-many-tries': 'Zu viele falsche PINs. Bitte warten Sie etwas und versuchen Sie es dann erneut.',
  'bad-request': 'Ein Wert ist nicht erlaubt. Prüfen Sie die Felder und speichern Sie erneut.',
  'unknown-request': 'Vitrine weiß nicht, wie das geht. Starten Sie Vitrine neu.',
  'not-allowed': 'Das geht von hier aus nicht. Benutzen Sie den Hauptbildschirm.',
  'not-dismissible': 'Diese Meldung bleibt, bis ihre Ursache behoben ist.',
  'no-engine': 'Die Kameras lassen sich gerade nicht auflisten. Versuchen Sie es in einigen Sekunden noch einmal.',
  'no-screen': 'Auf diesem Bildschirm läuft nichts mehr.',
  'bad-range':
    'Diese Tage lassen sich nicht auswerten. Wählen Sie weniger, und einen letzten Tag, der nicht vor dem ersten liegt.',
  'too-many-plays': 'Das ist mehr, als eine Datei fasst. Wählen Sie weniger Tage.',
  'statistics-unreadable': 'Die Statistikdatei lässt sich gerade nicht lesen. Versuchen Sie es bald noch einmal.',
  'disk-full': 'Der Datenträger ist voll. Schaffen Sie Platz und versuchen Sie es erneut.',
  'not-writable': 'Die Datei kann dort nicht geschrieben werden. Wählen Sie einen anderen Ordner.',
  unwritable: 'Es konnte nicht geschrieben werden. Prüfen Sie, ob der Datenträger voll oder schreibgeschützt ist.',
  'no-playlist': 'Diese Playlist gibt es nicht mehr. Gehen Sie zurück zu allen Playlists.',
  'not-a-playlist':
    'In diesem Ordner ist keine Playlist, die Vitrine lesen kann. Wählen Sie den Ordner mit der playlist.json.',
  'playlist-in-use': 'Ein Bildschirm soll diese Playlist zeigen. Geben Sie ihm zuerst eine andere und speichern Sie.',
  'changed-meanwhile': 'Die Playlist wurde inzwischen anderswo geändert. Es wurde nichts gespeichert.',
  'linked-media':
    'Der Medienordner dieser Playlist ist eine Verknüpfung, und Verknüpfungen wird nicht gefolgt. Legen Sie dort einen richtigen Ordner an.',
  internal: 'Das hat nicht geklappt. Näheres steht in der Protokolldatei.',
  unavailable: 'Vitrine hat nicht geantwortet. Bitte gleich noch einmal versuchen.',
};
