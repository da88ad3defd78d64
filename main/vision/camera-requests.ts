import type { CameraInfo } from '../../contract/source.ts';
import type { Clock } from './clock.ts';

interface Waiting {
  readonly resolve: (cameras: readonly CameraInfo[]) => void;
  readonly reject: (error: Error) => void;
  readonly cancelTimer: () => void;
}

/** Listing asks every camera for its modes, which can take its time, but not for ever. */
const answerWithinMs = 10_000;

/** Matches the engine's answers about cameras to the questions. */
export class CameraRequests {
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ask(send: (request: number) => void): Promise<readonly CameraInfo[]> {
    this.#last += 1;
    const request = this.#last;
    return new Promise((resolve, reject) => {
      const cancelTimer = this.#clock.after(answerWithinMs, () => {
        this.#waiting.delete(request);
        reject(new Error('the engine did not list the cameras in time'));
      });
      this.#waiting.set(request, { resolve, reject, cancelTimer });
      send(request);
    });
  }

  answer(request: number, cameras: readonly CameraInfo[]): void {
    this.#take(request)?.resolve(cameras);
  }

  /** Ends all questions: nobody is left to answer them. */
  fail(reason: string): void {
    for (const request of [...this.#waiting.keys()]) this.#take(request)?.reject(new Error(reason));
  }

  #take(request: number): Waiting | undefined {
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    waiting?.cancelTimer();
    return waiting;
  }
}
