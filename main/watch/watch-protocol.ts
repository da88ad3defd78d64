import { z } from 'zod';

/**
 * Between the supervising process and the application it has started: one JSON message each, over the pipe that Node.js
 * opens for a child. No message carries anything about what the application sees.
 */
export const toSupervisorSchema = z.discriminatedUnion('type', [
  /** The main process gets round to its timers. */
  z.object({ type: z.literal('alive') }),
  /** It has started; from now on its silence means that it hangs. */
  z.object({ type: z.literal('ready') }),
  /** It has been updated and is about to end: start this program in our place. */
  z.object({ type: z.literal('renewed'), program: z.string().min(1) }),
]);
export type ToSupervisor = z.infer<typeof toSupervisorSchema>;

export const toApplicationSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('quit') }),
  z.object({ type: z.literal('front') }),
]);
export type ToApplication = z.infer<typeof toApplicationSchema>;

/** Set for the application that a supervising process starts, so that it does not supervise itself in turn. */
export const supervisedVariable = 'VITRINE_SUPERVISED';

export const heartbeatEveryMs = 2_000;

/** Exit statuses. 0 means that the operator has left, and is the only one after which nothing is started again. */
export const exitStatus = {
  left: 0,
  /** The command line makes no sense; it would not the next time either. */
  badCommandLine: 2,
  /** Please start me again, this is no accident (the graphics fallback, an update). As in sysexits.h: "try again". */
  again: 75,
} as const;
