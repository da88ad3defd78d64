import type { z } from 'zod';
import type { Outcome, RequestChannel, RequestResults } from '../../contract/ipc.ts';
import { operatorChannels, requestSchemas, stageChannels } from '../../contract/ipc.ts';
import type { RequestErrorCode } from '../../contract/request-errors.ts';
import { mainScreen } from '../../contract/signage.ts';
import type { Log } from '../log/log.ts';
import type { SenderFacts } from './sender.ts';

export type RequestHandlers = {
  readonly [Channel in RequestChannel]: (
    argument: z.output<(typeof requestSchemas)[Channel]>,
    /** The screen of the page that asks. */
    screen: string,
  ) => RequestResults[Channel] | Promise<RequestResults[Channel]>;
};

/** An error that is the operator's to know: it crosses to the page as it is. Anything else stays in the log. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;

  /** @param message one plain sentence that says what to do */
  constructor(code: RequestErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export interface RequestRouterOptions {
  readonly handlers: RequestHandlers;
  /** The screen of a page of ours, null for anybody else. */
  readonly screenOf: (sender: SenderFacts) => string | null;
  readonly isUnlocked: () => boolean;
  /** The operator did something. */
  readonly onOperator: () => void;
  readonly log: Log;
}

type Failure = Extract<Outcome<never>, { ok: false }>;

/**
 * The one door for requests of the pages. Whatever comes in is unknown: its sender, its channel and its argument are
 * checked before any code of ours sees it, and whatever goes wrong goes out as data.
 */
export class RequestRouter {
  readonly #options: RequestRouterOptions;

  constructor(options: RequestRouterOptions) {
    this.#options = options;
  }

  async handle(sender: SenderFacts, channel: unknown, argument: unknown): Promise<Outcome<unknown>> {
    const screen = this.#options.screenOf(sender);
    if (screen === null) return this.#refuse('not-allowed', 'This page may not ask.', channel);
    if (!isChannel(channel)) return this.#refuse('unknown-request', 'This request is not known.', channel);
    if (screen !== mainScreen && !stageChannels.includes(channel)) {
      return this.#refuse('not-allowed', 'This screen may not ask for that.', channel);
    }
    if (operatorChannels.includes(channel)) {
      if (!this.#options.isUnlocked()) return failure('locked', 'Enter the PIN first.');
      this.#options.onOperator();
    }
    const parsed = requestSchemas[channel].safeParse(argument);
    if (!parsed.success) return this.#refuse('bad-request', 'A value is missing or out of its range.', channel);
    return this.#run(channel, parsed.data, screen);
  }

  async #run(channel: RequestChannel, argument: unknown, screen: string): Promise<Outcome<unknown>> {
    try {
      // The schema of this very channel made the argument; TypeScript cannot follow that through the map.
      const handler = this.#options.handlers[channel] as (argument: unknown, screen: string) => unknown;
      return { ok: true, value: await handler(argument, screen) };
    } catch (error) {
      if (error instanceof RequestError) return failure(error.code, error.message);
      this.#options.log('error', `The request ${channel} failed.`, error);
      return failure('internal', 'That did not work. The log file says more.');
    }
  }

  #refuse(code: RequestErrorCode, message: string, channel: unknown): Failure {
    this.#options.log('warn', `A request was refused: ${code}.`, String(channel).slice(0, 60));
    return failure(code, message);
  }
}

function isChannel(channel: unknown): channel is RequestChannel {
  return typeof channel === 'string' && Object.hasOwn(requestSchemas, channel);
}

function failure(code: RequestErrorCode, message: string): Failure {
  return { ok: false, error: { code, message } };
}
