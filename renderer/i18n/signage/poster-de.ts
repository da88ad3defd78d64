import type { SignageMessages } from './en.ts';

export const poster: SignageMessages['poster'] = {
  intro:
    'Ein Aushang in A4 für Ihre Tür oder Ihr Fenster. Er sagt, was dieser Kiosk tut, so wie er jetzt eingerichtet ist.',
  operator: 'Wer diesen Bildschirm betreibt',
  operatorHint: 'Name und Anschrift Ihres Geschäfts.',
  contact: 'Kontakt für Fragen',
  contactHint: 'Zum Beispiel E-Mail-Adresse oder Telefonnummer.',
  language: 'Sprache des Aushangs',
  save: 'Als PDF speichern …',
  print: 'Drucken …',
  saved: (name) => `Gespeichert als ${name}.`,
  printed: 'An den Drucker gesendet.',
  notPrinted: 'Es wurde nichts gedruckt. Ist kein Drucker eingerichtet, speichern Sie den Aushang als PDF.',
  missing: 'Tragen Sie ein, wer diesen Bildschirm betreibt und wie Sie erreichbar sind: Der Hinweis braucht beides.',
  unsaved: 'Der Aushang zeigt Ihre Änderungen; speichern Sie, um sie zu behalten.',
  advice:
    'Dieser Hinweis ist eine Hilfe und keine Rechtsberatung. Klären Sie mit Ihrem Datenschutzberater, was Sie sagen müssen.',
  preview: 'Aushang, wie er gedruckt wird',

  sheet: {
    title: 'Dieser Bildschirm zählt, wer hinsieht',
    lead: 'Eine Kamera über oder in diesem Bildschirm schätzt, wie viele Menschen hinsehen und was für ein Publikum das ist. Sie erkennt niemanden.',
    leadNothing: 'Eine Kamera über oder in diesem Bildschirm bemerkt, ob jemand hinsieht. Sie erkennt niemanden.',
    measured: 'Was geschätzt wird',
    people: 'Wie viele Menschen vorbeigehen und hinsehen, und wie lange',
    shownOnly: 'nur kurz angezeigt, nicht gezählt',
    never: 'Was nie geschieht',
    nevers: [
      'Kein Bild und kein Film wird gespeichert oder gesendet.',
      'Niemand wird wiedererkannt. Kein Gesicht wird mit einem anderen verglichen.',
      'Von selbst verlassen keine Daten dieses Gerät.',
    ],
    kept: 'Was bleibt',
    keptText: (people) =>
      `Anonyme Zahlen für jede Viertelstunde. Gruppen mit weniger als ${people} Menschen werden nicht gezeigt.`,
    keptNothing: 'Nichts. Es wird keine Statistik geführt.',
    reacts: 'Was zu sehen ist, kann sich nach dem Publikum davor richten, zum Beispiel nach dessen Zahl.',
    minorsOff: 'Auf Menschen, die jünger als 18 wirken, reagiert es nicht.',
    operator: 'Verantwortlich',
    contact: 'Fragen',
    avoid: 'Wenn Sie das nicht möchten, gehen Sie mit abgewandtem Gesicht vorbei oder sprechen Sie uns an.',
  },
};
