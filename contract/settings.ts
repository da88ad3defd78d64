import { z } from 'zod';
import { attributeNames } from './attributes.ts';
import { panelHoursSchema } from './panel.ts';
import { signageSettingsSchema } from './signage.ts';
import { sourceSpecSchema } from './source.ts';
import { updateAddressSchema } from './update.ts';

const perAttribute = (on: (name: (typeof attributeNames)[number]) => boolean) =>
  z
    .object({
      age: z.boolean(),
      gender: z.boolean(),
      smile: z.boolean(),
      expression: z.boolean(),
      glasses: z.boolean(),
      eyeMakeup: z.boolean(),
      lipMakeup: z.boolean(),
      beard: z.boolean(),
      moustache: z.boolean(),
      sideburns: z.boolean(),
    })
    .prefault(
      Object.fromEntries(attributeNames.map((name) => [name, on(name)])) as Record<
        (typeof attributeNames)[number],
        boolean
      >,
    );

const fraction = z.number().min(0).max(1);

/** The version of the file's layout; a migration turns an older file into this one. */
export const settingsVersion = 1;

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** Which of the two attribute networks reads the faces: the better one, or one for weak machines. */
export const networks = ['standard', 'light'] as const;
export type Network = (typeof networks)[number];

/** The one settings file. Every field has a default, so `settingsSchema.parse({})` is a working kiosk. */
export const settingsSchema = z.object({
  version: z.literal(settingsVersion).default(settingsVersion),
  source: sourceSpecSchema.default({ kind: 'demo' }),
  picture: z
    .object({
      mirror: z.boolean().default(false),
      rotateDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).default(0),
      /** Fractions of the frame; null = all of it. */
      regionOfInterest: z
        .object({ x: fraction, y: fraction, width: fraction.min(0.05), height: fraction.min(0.05) })
        .refine(
          (box) => box.x + box.width <= 1.0001 && box.y + box.height <= 1.0001,
          'reaches over the edge of the picture',
        )
        .nullable()
        .default(null),
      smallestFacePx: z.int().min(12).max(200).default(24),
      network: z.enum(networks).default('standard'),
    })
    .prefault({}),
  live: z
    .object({
      /** `outlines` draws the marks on a plain ground and never asks the engine for a picture. */
      view: z.enum(['picture', 'outlines']).default('picture'),
      theme: z.enum(['dark', 'light', 'system']).default('dark'),
      shown: perAttribute(() => true),
    })
    .prefault({}),
  statistics: z
    .object({
      enabled: z.boolean().default(true),
      /** Expression is off by default: emotion recognition is regulated in the EU (see docs/privacy.md). */
      counted: perAttribute((name) => name !== 'expression'),
      /** Cells below this many people are suppressed on screen (at least 5) and in exports (at least 11). */
      smallestCellShown: z.int().min(5).max(1000).default(5),
      smallestCellExported: z.int().min(11).max(1000).default(11),
      /** How long a face must be turned to the screen to count as a watcher. */
      watcherMs: z.int().min(100).max(10_000).default(500),
      /** Quarters of an hour become days after `fineDays`; everything counted is deleted after `keptDays`. */
      retention: z
        .object({
          fineDays: z.int().min(35).max(730).default(90),
          keptDays: z.int().min(35).max(1100).default(730),
          auditDays: z.int().min(30).max(1100).default(365),
        })
        .prefault({}),
    })
    .prefault({}),
  display: z
    .object({
      /** Electron's display id as text, or null for the primary display. */
      id: z.string().max(50).nullable().default(null),
      language: z.enum(languages).default('en'),
      /** The system starts the kiosk when somebody logs in; of an installed program only. */
      startAtLogin: z.boolean().default(false),
      panel: panelHoursSchema.prefault({}),
    })
    .prefault({}),
  signage: signageSettingsSchema.prefault({}),
  /** Off unless the operator names where updates come from. */
  update: z.object({ address: updateAddressSchema.nullable().default(null) }).prefault({}),
  access: z
    .object({
      /** scrypt hash `salt:hash` in hex, or null while no PIN has been chosen. */
      pinHash: z
        .string()
        .regex(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
        .nullable()
        .default(null),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What the set-up screen sees and may change: everything but the PIN's hash. */
export const publicSettingsSchema = settingsSchema.omit({ access: true });
export type PublicSettings = z.infer<typeof publicSettingsSchema>;
