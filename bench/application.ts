import { readFileSync } from 'node:fs';
import { launchKiosk, type RunningKiosk } from '../tests/e2e/support/kiosk.ts';
import { collectedResults, collectResults } from '../tests/e2e/support/page-results.ts';
import { childrenOf } from '../tests/e2e/support/processes.ts';
import { Samples, table } from './samples.ts';

/** Clock ticks of /proc in a second, on every Linux of today. */
const ticksPerSecond = 100;
const pageBytes = 4096;
const drawingMs = 10_000;

interface Usage {
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/**
 * The real application on the demo reel, fullscreen view with picture: start-up, frame rate, CPU and memory of all its
 * processes minute by minute, and the time from decoding to drawing that it logs itself. Linux only.
 *
 * @param minutes whole minutes, 1 or more
 */
export async function applicationReport(minutes: number): Promise<string> {
  if (!(minutes >= 1)) throw new RangeError('Give the time in minutes, 1 or more.');
  const startedAt = Date.now();
  const kiosk = await launchKiosk({ windowed: false });
  try {
    const firstCardMs = await firstCard(kiosk, startedAt);
    await collectResults(kiosk.page);
    const rows: string[][] = [];
    for (let minute = 1; minute <= minutes; minute++) rows.push([String(minute), ...(await oneMinute(kiosk))]);
    return [
      `Start of the application to the first face's card on screen: ${(firstCardMs / 1000).toFixed(1)} s.`,
      table(
        ['minute', 'results a second', 'dropped', 'latency median ms', 'latency p95 ms', 'cores in all', 'memory MB'],
        rows,
      ),
      await drawingRate(kiosk),
    ].join('\n\n');
  } finally {
    await kiosk.quit();
    kiosk.home.remove();
  }
}

/**
 * How often the page can be drawn while all of it works: the list of cards is moved by nothing worth seeing in each frame of
 * the display, as boxes and cards are where there is a graphics card.
 */
async function drawingRate(kiosk: RunningKiosk): Promise<string> {
  const gaps = await kiosk.page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const cards = document.querySelector('main ul');
        const found: number[] = [];
        const beganMs = performance.now();
        let lastMs: number | null = null;
        const draw = (nowMs: number): void => {
          if (lastMs !== null) found.push(nowMs - lastMs);
          lastMs = nowMs;
          if (cards instanceof HTMLElement) cards.style.transform = `translateX(${found.length % 2 ? 0.01 : 0}px)`;
          if (performance.now() - beganMs < ms) requestAnimationFrame(draw);
          else resolve(found);
        };
        requestAnimationFrame(draw);
      }),
    drawingMs,
  );
  const between = new Samples();
  for (const gap of gaps) between.add(gap);
  const at = (share: number) => between.quantile(share).toFixed(1);
  const perSecond = (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0);
  return `Moved in every frame of the display, the page is drawn ${perSecond.toFixed(1)} times a second; between two drawings ${at(0.5)} ms in the median, ${at(0.95)} ms at the 95th percentile, ${at(1)} ms at most.`;
}

async function firstCard(kiosk: RunningKiosk, startedAt: number): Promise<number> {
  const cards = kiosk.page.getByRole('list', { name: 'Faces in view' }).getByRole('listitem');
  await cards.first().waitFor({ timeout: 120_000 });
  return Date.now() - startedAt;
}

async function oneMinute(kiosk: RunningKiosk): Promise<string[]> {
  const before = usageOf(kiosk.pid);
  const startedAt = Date.now();
  const first = (await collectedResults(kiosk.page)).at(-1);
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  const last = (await collectedResults(kiosk.page)).at(-1);
  const seconds = (Date.now() - startedAt) / 1000;
  const after = usageOf(kiosk.pid);
  const latency = lastLatency(kiosk.home.log());
  const analysed = (last?.sequence ?? 0) - (first?.sequence ?? 0);
  const dropped = (last?.counters.dropped ?? 0) - (first?.counters.dropped ?? 0);
  return [
    (analysed / seconds).toFixed(1),
    String(dropped),
    latency ? String(latency.medianMs) : '-',
    latency ? String(latency.p95Ms) : '-',
    ((after.cpuSeconds - before.cpuSeconds) / seconds).toFixed(2),
    after.megabytes.toFixed(0),
  ];
}

/** Of a process and all that it started; of those, only the resident memory that they do not share is added. */
function usageOf(pid: number): Usage {
  let cpuSeconds = 0;
  let megabytes = 0;
  for (const each of [pid, ...childrenOf(pid).map((child) => child.pid)]) {
    try {
      const stat = readFileSync(`/proc/${each}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      cpuSeconds += (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
      const [, resident = 0, shared = 0] = readFileSync(`/proc/${each}/statm`, 'utf8').split(' ').map(Number);
      megabytes += ((resident - (each === pid ? 0 : shared)) * pageBytes) / 2 ** 20;
    } catch {
      // It ended in the meantime.
    }
  }
  return { cpuSeconds, megabytes };
}

interface Latency {
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** The application logs it once a minute. */
function lastLatency(log: string): Latency | null {
  const found = [...log.matchAll(/from the decoding of a frame on \((\{.*?\})\)/g)].at(-1)?.[1];
  return found === undefined ? null : (JSON.parse(found) as Latency);
}
