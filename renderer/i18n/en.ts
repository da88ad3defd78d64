import type { AttributeName, ExpressionClass, GenderClass, GlassesClass } from '../../contract/attributes.ts';
import type { Readability } from '../../contract/frame-result.ts';
import type { ProblemCode } from '../../contract/problems.ts';
import type { Language } from '../../contract/settings.ts';
import type { SourceSpec, SourceStatus } from '../../contract/source.ts';
import { errors } from './errors/en.ts';
import { insights } from './insights/en.ts';
import { signage } from './signage/en.ts';
import { signageProblems } from './signage-problems/en.ts';
import { stage } from './stage/en.ts';

type Params = Readonly<Record<string, string>>;

const attribute: Record<AttributeName, string> = {
  age: 'Age',
  gender: 'Gender',
  smile: 'Smile',
  expression: 'Expression',
  glasses: 'Glasses',
  eyeMakeup: 'Eye make-up',
  lipMakeup: 'Lip make-up',
  beard: 'Beard',
  moustache: 'Moustache',
  sideburns: 'Sideburns',
};

const expression: Record<ExpressionClass, string> = {
  neutral: 'Neutral',
  happiness: 'Happy',
  surprise: 'Surprised',
  sadness: 'Sad',
  anger: 'Angry',
  disgust: 'Disgusted',
  fear: 'Afraid',
  contempt: 'Contemptuous',
};

const gender: Record<GenderClass, string> = { female: 'Female', male: 'Male' };
const glasses: Record<GlassesClass, string> = { none: 'No glasses', glasses: 'Glasses', sunglasses: 'Sunglasses' };

const makeup = { yes: 'Make-up', no: 'No make-up' };

const readability: Record<Readability, string> = {
  read: '',
  waiting: 'Reading …',
  'too-small': 'Too far away to read',
  'too-blurred': 'Too blurred to read',
  'turned-away': 'Turned away',
};

const readabilityShort: Record<Readability, string> = {
  read: '',
  waiting: '…',
  'too-small': 'far away',
  'too-blurred': 'blurred',
  'turned-away': 'turned away',
};

const sourceStatus: Record<SourceStatus, string> = {
  closed: 'Closed',
  opening: 'Opening',
  running: 'Running',
  stalled: 'No new pictures',
  waiting: 'Waiting for the source',
  ended: 'Played to its end',
  failed: 'Cannot be played',
};

const sourceKind: Record<SourceSpec['kind'], string> = {
  demo: 'Demo film',
  camera: 'Camera',
  stream: 'Network stream',
  video: 'Video file',
  images: 'Folder of pictures',
};

const sourceKindHint: Record<SourceSpec['kind'], string> = {
  demo: 'A film that comes with Vitrine. Good for trying things out.',
  camera: 'A camera that is plugged into this machine.',
  stream: 'A network camera with an rtsp or http address.',
  video: 'A film on this machine, played at its own speed.',
  images: 'Pictures on this machine, one after another.',
};

const named = (params: Params, name: string, otherwise: string) => {
  const value = params[name];
  return value ? `“${value}”` : otherwise;
};

const problem: Record<ProblemCode, (params: Params) => string> = {
  'source-missing': (p) =>
    `${named(p, 'source', 'The picture source')} is not there. Check that it is plugged in and switched on; Vitrine keeps looking for it.`,
  'pictures-missing': (p) =>
    `${named(p, 'source', 'The folder of pictures')} holds no picture that can be shown. Put pictures there or choose another source; Vitrine keeps looking.`,
  'source-stalled': (p) =>
    `${named(p, 'source', 'The picture source')} sends no new pictures. Vitrine is opening it again.`,
  'source-broken': (p) => `${named(p, 'source', 'The source')} cannot be played. Choose another one in set-up.`,
  'camera-denied': (p) =>
    `Vitrine may not use ${named(p, 'source', 'the camera')}. Allow it in the system's settings, or close the program that uses it.`,
  'stream-refused': (p) =>
    `${named(p, 'source', 'The network camera')} refuses the user or the password. Correct them in set-up.`,
  'stream-unknown': (p) =>
    `${named(p, 'source', 'The network camera')} answers, but has no stream at this address. Correct the part after the host in set-up.`,
  'detector-unavailable': () =>
    'Faces cannot be found, because the file of the face detector is missing or damaged. Install Vitrine again.',
  'attributes-unavailable': () =>
    'Faces are found but not read, because the file of the attribute network is missing or damaged. Install Vitrine again.',
  'engine-restarting': () => 'Picture analysis stopped and is starting again. This takes a few seconds.',
  'engine-given-up': () =>
    'Picture analysis stopped several times; Vitrine tries again every few minutes. If it goes on, restart Vitrine or choose another source.',
  'settings-damaged': () =>
    'The settings file was damaged and has been put aside. Vitrine runs with its defaults; please check the set-up.',
  'start-at-login-failed': () =>
    'The system did not take Vitrine into what it starts at login. Set it up in the system’s own settings.',
  'settings-unwritable': () => 'Settings cannot be saved. Check that the disk is not full and may be written to.',
  'statistics-damaged': () => 'The statistics file was damaged and has been put aside. A new one has been begun.',
  'statistics-unwritable': () =>
    'Statistics cannot be written. Make room on the disk; until then Vitrine counts in memory.',
  'statistics-paused': () => 'Statistics are paused, because too much is waiting to be written. Make room on the disk.',
  'renderer-restarted': () => 'The screen had to be loaded again. Nothing has been lost.',
  ...signageProblems,
};

const languageName: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** The English catalogue is the measure: every other language has to fill the same shape. */
export const en = {
  language: 'English',
  unsure: 'unsure',
  product: 'Vitrine',

  live: {
    title: 'Live view',
    panelOff: 'The screen is off at this time',
    faces: 'Faces in view',
    openSetup: 'Open set-up',
    /** The chord is the one that main/kiosk watches for. */
    setupHint: 'Set-up: press Ctrl + Alt + S, or hold the upper right corner of the screen.',
    opening: 'Opening the source …',
    noPicture: 'No picture',
    outlinesOnly: 'Outlines only: no picture is shown',
    nobody: 'Nobody in view',
    counters: 'Counters',
    passersBy: 'Passers-by today',
    watchers: 'Watchers today',
    inView: 'In view now',
    watching: 'Watching now',
    problems: 'Messages',
    dismiss: 'Dismiss',
    years: (years: string, spread: string) => `${years} ± ${spread}`,
    yearsLong: (years: string, spread: string) => `${years} years, give or take ${spread}`,
    face: (number: string) => `Face ${number}`,
    facing: 'looks at the screen',
    notFacing: 'does not look at the screen',
    ageUnsure: 'Age unsure',
    percent: (percent: string) => `${percent} %`,
  },

  notice: {
    title: 'What this screen does',
    lead: 'A camera counts how many people look at this screen and estimates age, gender, expression and a few visible features.',
    points: [
      'Nobody is recognised. No face is compared with another.',
      'No picture is stored or sent. What you see lives in memory for a moment.',
      'Only anonymous counts remain, for a quarter of an hour at a time.',
    ],
    short: 'Vitrine estimates and counts. It recognises nobody and stores no pictures.',
  },

  status: {
    label: 'Technical status',
    source: 'Source',
    framesIn: 'Frames in',
    analysed: 'Analysed',
    dropped: 'Dropped',
    latency: 'Delay',
    faces: 'Faces',
    perSecond: (rate: string) => `${rate}/s`,
    milliseconds: (ms: string) => `${ms} ms`,
    retryIn: (seconds: string) => `next attempt in ${seconds} s`,
  },

  pin: {
    enterTitle: 'Set-up',
    enterText: 'Give the PIN to go on.',
    chooseTitle: 'Choose a PIN',
    chooseText: 'It keeps passers-by out of the set-up. Choose 4 to 12 digits and keep them somewhere safe.',
    repeatTitle: 'Repeat the PIN',
    repeatText: 'Type the same digits once more.',
    label: 'PIN',
    digits: (count: string) => `${count} digits typed`,
    delete: 'Delete last digit',
    clear: 'Clear',
    ok: 'OK',
    cancel: 'Cancel',
    wrong: 'That is not the PIN. Try again.',
    different: 'The two PINs differ. Choose again.',
    tooShort: 'A PIN has at least 4 digits.',
  },

  setup: {
    title: 'Set-up',
    sections: 'Sections',
    close: 'Close set-up',
    save: 'Save changes',
    saving: 'Saving …',
    discard: 'Discard changes',
    saved: 'Changes saved.',
    unsaved: 'There are unsaved changes.',
    nothingToSave: 'Everything is saved.',
    invalid: 'Some fields need your attention.',
    savedPreview: 'The preview shows the saved settings. Save to see changes here.',
    preview: 'Preview',
    guard: {
      title: 'Save your changes?',
      text: 'You have changed settings that are not saved yet.',
      keep: 'Keep editing',
    },
    idle: 'Set-up was closed because nobody used it for a while.',
    section: {
      source: 'Source',
      picture: 'Picture',
      attributes: 'Attributes',
      signage: 'Signage',
      privacy: 'Privacy',
      display: 'Display',
      stored: 'What is stored',
      about: 'About',
    },
    source: {
      title: 'Source',
      intro: 'Where the pictures come from.',
      kind: 'Kind of source',
      camera: 'Camera',
      noCameras: 'No camera was found. Plug one in and search again.',
      search: 'Search again',
      searching: 'Searching for cameras …',
      notConnected: (name: string) => `${name} (not connected)`,
      mode: 'Resolution',
      modeAutomatic: 'Automatic',
      modeSize: (width: string, height: string, rate: string) => `${width} × ${height}, ${rate} pictures/s`,
      file: 'Video file',
      folder: 'Folder',
      noFile: 'None chosen yet',
      choose: 'Choose …',
      loop: 'Begin again at the end',
      url: 'Address of the stream',
      urlHint: 'For example rtsp://192.168.0.20/stream1',
      status: 'State',
    },
    picture: {
      title: 'Picture',
      intro: 'How the picture is turned, and where in it faces are looked for.',
      mirror: 'Mirror the picture',
      mirrorHint: 'People see themselves as in a mirror.',
      rotate: 'Rotate clockwise',
      degrees: (degrees: string) => `${degrees}°`,
      region: 'Area to watch',
      regionHint:
        'Draw a rectangle on the preview, or type the numbers. Arrow keys move the rectangle, with Shift they change its size.',
      regionEditor: 'Area to watch, drawn on the preview',
      regionWhole: 'Watch the whole picture',
      regionTurned: 'Save the new rotation or mirroring first, then draw the area.',
      left: 'From the left',
      top: 'From the top',
      width: 'Width',
      height: 'Height',
      percentUnit: '%',
      smallest: 'Smallest face',
      smallestHint: 'Height in pixels. Smaller faces are people further away; finding them takes more computing time.',
      pixels: 'pixels',
      network: 'Reading of faces',
      networks: { standard: 'Exact', light: 'Light' },
      networkHints: {
        standard: 'The better figures.',
        light:
          'Half the time for each face, for a computer that cannot follow otherwise. Insights corrects by the errors of the one that is chosen now.',
      },
    },
    attributes: {
      title: 'Attributes',
      intro: 'What is shown on the live view, and what goes into the anonymous counts.',
      attribute: 'Attribute',
      shown: 'Shown',
      counted: 'Counted',
      showThis: (name: string) => `Show ${name}`,
      countThis: (name: string) => `Count ${name}`,
      expressionNote:
        'Expression is not counted unless you switch it on: the European Union regulates emotion recognition (AI Act, Annex III and Article 50). See docs/privacy.md, and ask for advice before you count it.',
      expressionOn:
        'You count expressions. Make sure that you are allowed to, and that the notice for visitors says so.',
    },
    privacy: {
      title: 'Privacy',
      intro: 'Only anonymous counts are kept. These settings decide how careful they are.',
      enabled: 'Keep anonymous statistics',
      enabledHint: 'When off, nobody is counted. What was played and what the operator changed is still noted.',
      smallestShown: 'Hide groups smaller than (screen)',
      smallestShownHint: 'People. At least 5.',
      smallestExported: 'Hide groups smaller than (export)',
      smallestExportedHint: 'People. At least 11.',
      watcher: 'Counts as a watcher after',
      watcherHint: 'Seconds with the face turned to the screen, 0.1 to 10.',
      people: 'people',
      seconds: 'seconds',
      changePin: 'Change the PIN',
      pinChanged: 'The PIN has been changed.',
    },
    display: {
      title: 'Display',
      intro: 'Where and how Vitrine is shown.',
      screen: 'Screen',
      startAtLogin: 'Start when somebody logs in',
      startAtLoginHint: 'Of an installed Vitrine. For a machine that shows nothing else, see docs/kiosk.md.',
      panel: {
        byTime: 'Switch the screen off outside opening hours',
        byTimeHint:
          'While it is off nothing plays, nobody is counted, and the camera is closed. Set-up stays within reach: press Ctrl + Alt + S, or touch the screen and hold its upper right corner.',
        week: 'When the screen is on',
        onAt: (day: string) => `On on ${day}`,
        from: (day: string) => `${day}, from`,
        to: (day: string) => `${day}, to`,
        nextDay: 'until the next day',
        wholeDay: 'for 24 hours',
        offAllDay: 'off',
        likeMonday: 'All days as Monday',
        zone: (zone: string) => `Times of the clock in ${zone}.`,
      },
      primaryScreen: 'The main screen',
      screenSize: (label: string, width: string, height: string) => `${label} (${width} × ${height})`,
      missingScreen: 'The chosen screen (not connected)',
      language: 'Language',
      theme: 'Appearance',
      themes: { dark: 'Dark', light: 'Light', system: 'As the system' },
      view: 'Live view',
      views: { picture: 'Picture with marks', outlines: 'Marks only' },
      viewHint: 'With marks only, no picture leaves the analysis.',
    },
    stored: {
      title: 'What is stored',
      intro:
        'These are the tables of the statistics file exactly as they are. They hold counts only: no pictures, no faces, no times of single people.',
      refresh: 'Read again',
      reading: 'Reading …',
      file: (name: string, size: string) => `${name}, ${size}`,
      rows: (shown: string, total: string) => `${shown} of ${total} rows, newest first`,
      noRows: 'No rows yet.',
      noTables: 'Nothing is stored yet.',
      table: (name: string) => `Table ${name}`,
    },
    about: {
      title: 'About',
      intro: 'Versions and files of this installation.',
      version: 'Version',
      runtime: 'Runtime',
      detector: 'Face detector',
      attributes: 'Attribute network',
      folder: 'Data folder',
      missing: 'not available',
      licence: 'Licence',
      updates: 'Address of the updates',
      updatesHint:
        'Empty: Vitrine never looks for updates. An address that begins with https:// is asked at each start and once a day; what is found there is installed at night or when Vitrine is left.',
      leaveTitle: 'Leave the kiosk',
      leaveText: 'Closes Vitrine. Counts so far are written first.',
      leave: 'Leave Vitrine',
      leaveConfirm: 'Close Vitrine now?',
    },
    invalidField: {
      url: 'Type a full address that begins with rtsp://, rtsps://, http:// or https://.',
      camera: 'Choose a camera.',
      path: 'Choose a file or folder first.',
      region: 'The area has to lie inside the picture and cover at least 5 % each way.',
      smallestFace: 'A whole number from 12 to 200.',
      smallestShown: 'A whole number from 5 to 1000.',
      smallestExported: 'A whole number from 11 to 1000.',
      watcher: 'From 0.1 to 10 seconds.',
      updateAddress:
        'Type an address that begins with https://, without a password, a question mark or a hash; or leave it empty.',
      panel: 'Leave the screen on for at least one day of the week, with both times.',
      other: 'This value is not allowed.',
    },
  },

  attribute,
  expression,
  gender,
  glasses,
  makeup,
  readability,
  readabilityShort,
  sourceStatus,
  sourceKind,
  sourceKindHint,
  problem,
  errors,
  languageName,

  insights,
  signage,
  stage,
};

export type Messages = typeof en;
