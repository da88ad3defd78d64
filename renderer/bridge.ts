import type { Outcome, RequestArgument, RequestChannel, RequestResults, VitrineBridge } from '../contract/ipc.ts';

declare global {
  interface Window {
    /** Put there by the preload before the page's first script runs. */
    readonly vitrine: VitrineBridge;
  }
}

/** The one bridge to the main process. */
export const bridge = (): VitrineBridge => window.vitrine;

/** A request whose failure, whatever it is, comes back as data. */
export async function ask<Channel extends RequestChannel>(
  channel: Channel,
  ...argument: RequestArgument<Channel> extends undefined ? [] : [RequestArgument<Channel>]
): Promise<Outcome<RequestResults[Channel]>> {
  try {
    return await bridge().request(channel, ...argument);
  } catch (error) {
    console.error(`The request ${channel} was not answered.`, error);
    return { ok: false, error: { code: 'unavailable', message: 'Vitrine did not answer. Try again in a moment.' } };
  }
}
