import type { Messages } from './en.ts';
import { errors } from './errors/de.ts';
import { insights } from './insights/de.ts';
import { signage } from './signage/de.ts';
import { signageProblems } from './signage-problems/de.ts';
import { stage } from './stage/de.ts';

type Params = Readonly<Record<string, string>>;

const named = (params: Params, name: string, otherwise: string) => {
  const value = params[name];
  return value ? `„${value}“` : otherwise;
};

export const de: Messages = {
  language: 'Deutsch',
  unsure: 'unsicher',
  product: 'Vitrine',

  live: {
    title: 'Live-Ansicht',
    panelOff: 'Der Bildschirm ist um diese Zeit aus',
    faces: 'Gesichter im Bild',
    openSetup: 'Einrichtung öffnen',
    setupHint: 'Einrichtung: Strg + Alt + S drücken oder die rechte obere Bildschirmecke gedrückt halten.',
    opening: 'Quelle wird geöffnet …',
    noPicture: 'Kein Bild',
    outlinesOnly: 'Nur Umrisse: Es wird kein Bild gezeigt',
    nobody: 'Niemand im Bild',
    counters: 'Zähler',
    passersBy: 'Passanten heute',
    watchers: 'Betrachter heute',
    inView: 'Jetzt im Bild',
    watching: 'Schauen gerade zu',
    problems: 'Meldungen',
    dismiss: 'Ausblenden',
    years: (years, spread) => `${years} ± ${spread}`,
    yearsLong: (years, spread) => `${years} Jahre, plus oder minus ${spread}`,
    face: (number) => `Gesicht ${number}`,
    facing: 'schaut zum Bildschirm',
    notFacing: 'schaut nicht zum Bildschirm',
    ageUnsure: 'Alter unsicher',
    percent: (percent) => `${percent} %`,
  },

  notice: {
    title: 'Was dieser Bildschirm tut',
    lead: 'Eine Kamera zählt, wie viele Menschen auf diesen Bildschirm schauen, und schätzt Alter, Geschlecht, Ausdruck und einige sichtbare Merkmale.',
    points: [
      'Niemand wird wiedererkannt. Kein Gesicht wird mit einem anderen verglichen.',
      'Kein Bild wird gespeichert oder gesendet. Was Sie sehen, bleibt nur einen Moment im Speicher.',
      'Es bleiben nur anonyme Zahlen, jeweils für eine Viertelstunde.',
    ],
    short: 'Vitrine schätzt und zählt. Es erkennt niemanden wieder und speichert keine Bilder.',
  },

  status: {
    label: 'Technischer Zustand',
    source: 'Quelle',
    framesIn: 'Bilder',
    analysed: 'Ausgewertet',
    dropped: 'Ausgelassen',
    latency: 'Verzögerung',
    faces: 'Gesichter',
    perSecond: (rate) => `${rate}/s`,
    milliseconds: (ms) => `${ms} ms`,
    retryIn: (seconds) => `nächster Versuch in ${seconds} s`,
  },

  pin: {
    enterTitle: 'Einrichtung',
    enterText: 'Geben Sie die PIN ein, um fortzufahren.',
    chooseTitle: 'PIN wählen',
    chooseText:
      'Sie hält Passanten von der Einrichtung fern. Wählen Sie 4 bis 12 Ziffern und bewahren Sie sie sicher auf.',
    repeatTitle: 'PIN wiederholen',
    repeatText: 'Geben Sie dieselben Ziffern noch einmal ein.',
    label: 'PIN',
    digits: (count) => `${count} Ziffern eingegeben`,
    delete: 'Letzte Ziffer löschen',
    clear: 'Leeren',
    ok: 'OK',
    cancel: 'Abbrechen',
    wrong: 'Das ist nicht die PIN. Bitte versuchen Sie es erneut.',
    different: 'Die beiden PINs sind verschieden. Bitte wählen Sie neu.',
    tooShort: 'Eine PIN hat mindestens 4 Ziffern.',
  },

  setup: {
    title: 'Einrichtung',
    sections: 'Bereiche',
    close: 'Einrichtung schließen',
    save: 'Änderungen speichern',
    saving: 'Wird gespeichert …',
    discard: 'Änderungen verwerfen',
    saved: 'Änderungen gespeichert.',
    unsaved: 'Es gibt ungespeicherte Änderungen.',
    nothingToSave: 'Alles ist gespeichert.',
    invalid: 'Einige Felder brauchen Ihre Aufmerksamkeit.',
    savedPreview: 'Die Vorschau zeigt die gespeicherten Einstellungen. Speichern Sie, um Änderungen hier zu sehen.',
    preview: 'Vorschau',
    guard: {
      title: 'Änderungen speichern?',
      text: 'Sie haben Einstellungen geändert, die noch nicht gespeichert sind.',
      keep: 'Weiter bearbeiten',
    },
    idle: 'Die Einrichtung wurde geschlossen, weil sie eine Weile nicht benutzt wurde.',
    section: {
      source: 'Quelle',
      picture: 'Bild',
      attributes: 'Merkmale',
      signage: 'Werbung',
      privacy: 'Datenschutz',
      display: 'Anzeige',
      stored: 'Was gespeichert ist',
      about: 'Über Vitrine',
    },
    source: {
      title: 'Quelle',
      intro: 'Woher die Bilder kommen.',
      kind: 'Art der Quelle',
      camera: 'Kamera',
      noCameras: 'Es wurde keine Kamera gefunden. Schließen Sie eine an und suchen Sie erneut.',
      search: 'Erneut suchen',
      searching: 'Kameras werden gesucht …',
      notConnected: (name) => `${name} (nicht angeschlossen)`,
      mode: 'Auflösung',
      modeAutomatic: 'Automatisch',
      modeSize: (width, height, rate) => `${width} × ${height}, ${rate} Bilder/s`,
      file: 'Videodatei',
      folder: 'Ordner',
      noFile: 'Noch nichts gewählt',
      choose: 'Auswählen …',
      loop: 'Am Ende von vorn beginnen',
      url: 'Adresse des Streams',
      urlHint: 'Zum Beispiel rtsp://192.168.0.20/stream1',
      status: 'Zustand',
    },
    picture: {
      title: 'Bild',
      intro: 'Wie das Bild gedreht wird und wo darin nach Gesichtern gesucht wird.',
      mirror: 'Bild spiegeln',
      mirrorHint: 'Menschen sehen sich wie in einem Spiegel.',
      rotate: 'Im Uhrzeigersinn drehen',
      degrees: (degrees) => `${degrees}°`,
      region: 'Beobachteter Bereich',
      regionHint:
        'Ziehen Sie in der Vorschau ein Rechteck auf oder geben Sie die Zahlen ein. Pfeiltasten verschieben das Rechteck, mit Umschalt ändern sie seine Größe.',
      regionEditor: 'Beobachteter Bereich, in der Vorschau gezeichnet',
      regionWhole: 'Ganzes Bild beobachten',
      regionTurned: 'Speichern Sie zuerst die neue Drehung oder Spiegelung, dann zeichnen Sie den Bereich.',
      left: 'Von links',
      top: 'Von oben',
      width: 'Breite',
      height: 'Höhe',
      percentUnit: '%',
      smallest: 'Kleinstes Gesicht',
      smallestHint:
        'Höhe in Bildpunkten. Kleinere Gesichter sind weiter entfernte Menschen; sie zu finden braucht mehr Rechenzeit.',
      pixels: 'Bildpunkte',
      network: 'Lesen der Gesichter',
      networks: { standard: 'Genau', light: 'Leicht' },
      networkHints: {
        standard: 'Die besseren Zahlen.',
        light:
          'Halbe Zeit je Gesicht, für Rechner, die sonst nicht mitkommen. Die Auswertung berichtigt nach den Fehlern des jetzt gewählten.',
      },
    },
    attributes: {
      title: 'Merkmale',
      intro: 'Was die Live-Ansicht zeigt und was in die anonymen Zahlen eingeht.',
      attribute: 'Merkmal',
      shown: 'Gezeigt',
      counted: 'Gezählt',
      showThis: (name) => `${name} zeigen`,
      countThis: (name) => `${name} zählen`,
      expressionNote:
        'Der Ausdruck wird nur gezählt, wenn Sie es einschalten: Die Europäische Union regelt Emotionserkennung (KI-Verordnung, Anhang III und Artikel 50). Lesen Sie docs/privacy.md und lassen Sie sich beraten, bevor Sie ihn zählen.',
      expressionOn:
        'Sie zählen Ausdrücke. Stellen Sie sicher, dass Sie das dürfen und dass der Hinweis für Besucher es nennt.',
    },
    privacy: {
      title: 'Datenschutz',
      intro: 'Es werden nur anonyme Zahlen behalten. Hier legen Sie fest, wie vorsichtig sie sind.',
      enabled: 'Anonyme Statistik führen',
      enabledHint: 'Ausgeschaltet wird niemand gezählt. Was gespielt und was geändert wurde, wird weiter vermerkt.',
      smallestShown: 'Kleinere Gruppen verbergen (Bildschirm)',
      smallestShownHint: 'Personen. Mindestens 5.',
      smallestExported: 'Kleinere Gruppen verbergen (Export)',
      smallestExportedHint: 'Personen. Mindestens 11.',
      watcher: 'Gilt als Betrachter nach',
      watcherHint: 'Sekunden, in denen das Gesicht zum Bildschirm gewandt ist, 0,1 bis 10.',
      people: 'Personen',
      seconds: 'Sekunden',
      changePin: 'PIN ändern',
      pinChanged: 'Die PIN wurde geändert.',
    },
    display: {
      title: 'Anzeige',
      intro: 'Wo und wie Vitrine gezeigt wird.',
      screen: 'Bildschirm',
      startAtLogin: 'Starten, wenn sich jemand anmeldet',
      startAtLoginHint:
        'Bei einem installierten Vitrine. Für einen Rechner, der sonst nichts zeigt, siehe docs/kiosk.md.',
      panel: {
        byTime: 'Bildschirm außerhalb der Öffnungszeiten ausschalten',
        byTimeHint:
          'Solange er aus ist, läuft nichts, wird niemand gezählt und ist die Kamera geschlossen. Die Einrichtung bleibt erreichbar: Strg + Alt + S drücken, oder den Bildschirm berühren und die Ecke oben rechts halten.',
        week: 'Wann der Bildschirm an ist',
        onAt: (day) => `Am ${day} an`,
        from: (day) => `${day}, von`,
        to: (day) => `${day}, bis`,
        nextDay: 'bis zum nächsten Tag',
        wholeDay: '24 Stunden lang',
        offAllDay: 'aus',
        likeMonday: 'Alle Tage wie Montag',
        zone: (zone) => `Zeiten der Uhr in ${zone}.`,
      },
      primaryScreen: 'Der Hauptbildschirm',
      screenSize: (label, width, height) => `${label} (${width} × ${height})`,
      missingScreen: 'Der gewählte Bildschirm (nicht angeschlossen)',
      language: 'Sprache',
      theme: 'Darstellung',
      themes: { dark: 'Dunkel', light: 'Hell', system: 'Wie das System' },
      view: 'Live-Ansicht',
      views: { picture: 'Bild mit Markierungen', outlines: 'Nur Markierungen' },
      viewHint: 'Bei „Nur Markierungen“ verlässt kein Bild die Auswertung.',
    },
    stored: {
      title: 'Was gespeichert ist',
      intro:
        'Das sind die Tabellen der Statistikdatei, genau wie sie sind. Sie enthalten nur Zahlen: keine Bilder, keine Gesichter, keine Zeiten einzelner Menschen.',
      refresh: 'Erneut lesen',
      reading: 'Wird gelesen …',
      file: (name, size) => `${name}, ${size}`,
      rows: (shown, total) => `${shown} von ${total} Zeilen, neueste zuerst`,
      noRows: 'Noch keine Zeilen.',
      noTables: 'Es ist noch nichts gespeichert.',
      table: (name) => `Tabelle ${name}`,
    },
    about: {
      title: 'Über Vitrine',
      intro: 'Versionen und Dateien dieser Installation.',
      version: 'Version',
      runtime: 'Laufzeit',
      detector: 'Gesichtsdetektor',
      attributes: 'Merkmalsnetz',
      folder: 'Datenordner',
      missing: 'nicht verfügbar',
      licence: 'Lizenz',
      updates: 'Adresse der Aktualisierungen',
      updatesHint:
        'Leer: Vitrine sucht nie nach Aktualisierungen. Eine Adresse, die mit https:// beginnt, wird bei jedem Start und einmal am Tag gefragt; was dort liegt, wird nachts oder beim Verlassen eingespielt.',
      leaveTitle: 'Kiosk verlassen',
      leaveText: 'Schließt Vitrine. Die bisherigen Zahlen werden vorher geschrieben.',
      leave: 'Vitrine verlassen',
      leaveConfirm: 'Vitrine jetzt schließen?',
    },
    invalidField: {
      url: 'Geben Sie eine vollständige Adresse ein, die mit rtsp://, rtsps://, http:// oder https:// beginnt.',
      camera: 'Wählen Sie eine Kamera.',
      path: 'Wählen Sie zuerst eine Datei oder einen Ordner.',
      region: 'Der Bereich muss im Bild liegen und in jeder Richtung mindestens 5 % umfassen.',
      smallestFace: 'Eine ganze Zahl von 12 bis 200.',
      smallestShown: 'Eine ganze Zahl von 5 bis 1000.',
      smallestExported: 'Eine ganze Zahl von 11 bis 1000.',
      watcher: 'Von 0,1 bis 10 Sekunden.',
      updateAddress:
        'Geben Sie eine Adresse ein, die mit https:// beginnt, ohne Passwort, Fragezeichen oder Raute; oder lassen Sie das Feld leer.',
      panel: 'Lassen Sie den Bildschirm mindestens an einem Tag der Woche an, mit beiden Zeiten.',
      other: 'Dieser Wert ist nicht erlaubt.',
    },
  },

  attribute: {
    age: 'Alter',
    gender: 'Geschlecht',
    smile: 'Lächeln',
    expression: 'Ausdruck',
    glasses: 'Brille',
    eyeMakeup: 'Augen-Make-up',
    lipMakeup: 'Lippen-Make-up',
    beard: 'Bart',
    moustache: 'Schnurrbart',
    sideburns: 'Koteletten',
  },
  expression: {
    neutral: 'Neutral',
    happiness: 'Fröhlich',
    surprise: 'Überrascht',
    sadness: 'Traurig',
    anger: 'Verärgert',
    disgust: 'Angewidert',
    fear: 'Ängstlich',
    contempt: 'Verächtlich',
  },
  gender: { female: 'Weiblich', male: 'Männlich' },
  glasses: { none: 'Keine Brille', glasses: 'Brille', sunglasses: 'Sonnenbrille' },
  makeup: { yes: 'Make-up', no: 'Kein Make-up' },
  readability: {
    read: '',
    waiting: 'Wird gelesen …',
    'too-small': 'Zu weit weg zum Lesen',
    'too-blurred': 'Zu unscharf zum Lesen',
    'turned-away': 'Abgewandt',
  },
  readabilityShort: {
    read: '',
    waiting: '…',
    'too-small': 'weit weg',
    'too-blurred': 'unscharf',
    'turned-away': 'abgewandt',
  },
  sourceStatus: {
    closed: 'Geschlossen',
    opening: 'Wird geöffnet',
    running: 'Läuft',
    stalled: 'Keine neuen Bilder',
    waiting: 'Wartet auf die Quelle',
    ended: 'Zu Ende gespielt',
    failed: 'Nicht abspielbar',
  },
  sourceKind: {
    demo: 'Demofilm',
    camera: 'Kamera',
    stream: 'Netzwerk-Stream',
    video: 'Videodatei',
    images: 'Bilderordner',
  },
  sourceKindHint: {
    demo: 'Ein Film, der Vitrine beiliegt. Gut zum Ausprobieren.',
    camera: 'Eine Kamera, die an diesem Rechner angeschlossen ist.',
    stream: 'Eine Netzwerkkamera mit rtsp- oder http-Adresse.',
    video: 'Ein Film auf diesem Rechner, in seiner eigenen Geschwindigkeit.',
    images: 'Bilder auf diesem Rechner, eins nach dem anderen.',
  },
  problem: {
    'source-missing': (p) =>
      `${named(p, 'source', 'Die Bildquelle')} ist nicht da. Prüfen Sie, ob sie angeschlossen und eingeschaltet ist; Vitrine sucht weiter.`,
    'pictures-missing': (p) =>
      `${named(p, 'source', 'Der Bilderordner')} enthält kein Bild, das sich zeigen lässt. Legen Sie Bilder hinein oder wählen Sie eine andere Quelle; Vitrine sucht weiter.`,
    'source-stalled': (p) =>
      `${named(p, 'source', 'Die Bildquelle')} liefert keine neuen Bilder. Vitrine öffnet sie erneut.`,
    'source-broken': (p) =>
      `${named(p, 'source', 'Die Quelle')} lässt sich nicht abspielen. Wählen Sie in der Einrichtung eine andere.`,
    'camera-denied': (p) =>
      `Vitrine darf ${named(p, 'source', 'die Kamera')} nicht benutzen. Erlauben Sie es in den Systemeinstellungen oder schließen Sie das Programm, das sie benutzt.`,
    'stream-refused': (p) =>
      `${named(p, 'source', 'Die Netzwerkkamera')} weist Benutzer oder Passwort ab. Berichtigen Sie beides in der Einrichtung.`,
    'stream-unknown': (p) =>
      `${named(p, 'source', 'Die Netzwerkkamera')} antwortet, hat aber unter dieser Adresse keinen Stream. Berichtigen Sie in der Einrichtung, was hinter dem Rechnernamen steht.`,
    'detector-unavailable': () =>
      'Gesichter können nicht gefunden werden, weil die Datei des Gesichtsdetektors fehlt oder beschädigt ist. Installieren Sie Vitrine neu.',
    'attributes-unavailable': () =>
      'Gesichter werden gefunden, aber nicht gelesen, weil die Datei des Merkmalsnetzes fehlt oder beschädigt ist. Installieren Sie Vitrine neu.',
    'engine-restarting': () => 'Die Bildauswertung ist stehen geblieben und startet neu. Das dauert einige Sekunden.',
    'engine-given-up': () =>
      'Die Bildauswertung ist mehrmals stehen geblieben; Vitrine versucht es alle paar Minuten erneut. Hilft das nicht, starten Sie Vitrine neu oder ändern Sie die Quelle.',
    'settings-damaged': () =>
      'Die Einstellungsdatei war beschädigt und wurde beiseitegelegt. Vitrine läuft mit Standardwerten; bitte prüfen Sie die Einrichtung.',
    'start-at-login-failed': () =>
      'Das System hat Vitrine nicht unter das aufgenommen, was es bei der Anmeldung startet. Richten Sie es in den Einstellungen des Systems ein.',
    'settings-unwritable': () =>
      'Einstellungen können nicht gespeichert werden. Prüfen Sie, ob der Datenträger voll oder schreibgeschützt ist.',
    'statistics-damaged': () => 'Die Statistikdatei war beschädigt und wurde beiseitegelegt. Eine neue wurde begonnen.',
    'statistics-unwritable': () =>
      'Die Statistik kann nicht geschrieben werden. Schaffen Sie Platz auf dem Datenträger; bis dahin zählt Vitrine im Speicher.',
    'statistics-paused': () =>
      'Die Statistik pausiert, weil zu viel auf das Schreiben wartet. Schaffen Sie Platz auf dem Datenträger.',
    'renderer-restarted': () => 'Die Anzeige musste neu geladen werden. Es ist nichts verloren gegangen.',
    ...signageProblems,
  },
  errors,
  languageName: { en: 'English', de: 'Deutsch' },

  insights,
  signage,
  stage,
};
