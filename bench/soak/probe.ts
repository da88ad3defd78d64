import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession } from '@playwright/test';
import Database from 'better-sqlite3';
import type { RunningKiosk } from '../../tests/e2e/support/kiosk.ts';
import { processFigures, roles } from './process-figures.ts';
import type { Figure } from './series.ts';

export interface Sample {
  readonly figures: Readonly<Record<Figure, number>>;
  readonly databaseKilobytes: number;
  readonly journalKilobytes: number;
  /** By table. */
  readonly rows: ReadonlyMap<string, number>;
  readonly plays: number;
  /** Those of them that a rule has brought. */
  readonly playsByRule: number;
}

const databaseFile = 'statistics.sqlite';
const bytesPerMb = 2 ** 20;

/** Looks into the running application: its processes, the page and the statistics file. */
export class SoakProbe {
  readonly #kiosk: RunningKiosk;
  readonly #page: CDPSession;
  readonly #pagePid: number;

  private constructor(kiosk: RunningKiosk, page: CDPSession, pagePid: number) {
    this.#kiosk = kiosk;
    this.#page = page;
    this.#pagePid = pagePid;
  }

  static async connect(kiosk: RunningKiosk): Promise<SoakProbe> {
    const session = await kiosk.page.context().newCDPSession(kiosk.page);
    await session.send('Performance.enable');
    const pagePid = await kiosk.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    );
    return new SoakProbe(kiosk, session, pagePid);
  }

  /** What nobody holds any more is collected first, so that what is left is held by somebody. */
  async sample(): Promise<Sample> {
    const page = await this.#ofPage();
    const main = await this.#ofMain();
    const processes = processFigures(this.#kiosk.pid, this.#pagePid);
    const total = (amount: 'processes' | 'handles') => roles.reduce((sum, role) => sum + processes[role][amount], 0);
    return {
      figures: {
        mainMb: processes.main.megabytes,
        engineMb: processes.engine.megabytes,
        pageMb: processes.page.megabytes,
        framesMb: processes.frames.megabytes,
        gpuMb: processes.gpu.megabytes,
        otherMb: processes.other.megabytes,
        handles: total('handles'),
        processes: total('processes'),
        ...page,
        ...main,
      },
      ...this.#ofDatabase(),
    };
  }

  async #ofPage(): Promise<Pick<Sample['figures'], 'pageHeapMb' | 'nodes' | 'pageListeners' | 'media' | 'frames'>> {
    const media = await this.#liveMediaElements();
    await this.#page.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.#page.send('Performance.getMetrics');
    const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    return {
      pageHeapMb: metric('JSHeapUsedSize') / bytesPerMb,
      nodes: metric('Nodes'),
      pageListeners: metric('JSEventListeners'),
      frames: metric('Frames'),
      media,
    };
  }

  /** Those in the document and those that something still holds outside it. */
  async #liveMediaElements(): Promise<number> {
    const { result: prototype } = await this.#page.send('Runtime.evaluate', {
      expression: 'HTMLMediaElement.prototype',
    });
    const { objects } = await this.#page.send('Runtime.queryObjects', {
      prototypeObjectId: prototype.objectId ?? '',
    });
    const { result } = await this.#page.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      // The prototypes of films and sounds are found as well.
      functionDeclaration: "function () { return this.filter((each) => !Object.hasOwn(each, 'constructor')).length; }",
      returnByValue: true,
    });
    for (const { objectId } of [prototype, objects]) {
      if (objectId !== undefined) await this.#page.send('Runtime.releaseObject', { objectId });
    }
    return Number(result.value);
  }

  #ofMain(): Promise<Pick<Sample['figures'], 'mainHeapMb' | 'mainCodeMb' | 'mainListeners' | 'mainTimers'>> {
    return this.#kiosk.app.evaluate(({ app, ipcMain, screen, BrowserWindow, session }) => {
      const kept = globalThis as { collectGarbage?: () => void };
      if (!kept.collectGarbage) {
        process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
        kept.collectGarbage = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
      }
      kept.collectGarbage();
      const windows = BrowserWindow.getAllWindows();
      const emitters = [app, ipcMain, screen, process, ...windows, ...windows.map(({ webContents }) => webContents)];
      const listeners = [...emitters, session.defaultSession].flatMap((emitter) => {
        const each = emitter as NodeJS.EventEmitter;
        return each.eventNames().map((name) => each.listenerCount(name));
      });
      const spaces = process.getBuiltinModule('node:v8').getHeapSpaceStatistics();
      const used = (code: boolean) =>
        spaces
          .filter(({ space_name: name }) => /code|trusted/.test(name) === code)
          .reduce((sum, space) => sum + space.space_used_size, 0) /
        2 ** 20;
      return {
        mainHeapMb: used(false),
        mainCodeMb: used(true),
        mainListeners: listeners.reduce((sum, count) => sum + count, 0),
        mainTimers: process.getActiveResourcesInfo().length,
      };
    });
  }

  #ofDatabase(): Omit<Sample, 'figures'> {
    const path = join(this.#kiosk.home.data, databaseFile);
    const nativeBinding = process.env.VITRINE_SQLITE_BINDING;
    const file = new Database(path, { readonly: true, ...(nativeBinding === undefined ? {} : { nativeBinding }) });
    const tables = file.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
    const rows = tables.map((table) => [table, file.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()] as const);
    const plays = (reason: string) =>
      Number(file.prepare('SELECT coalesce(sum(plays), 0) FROM plays WHERE reason = ?').pluck().get(reason));
    const [bySchedule, playsByRule] = [plays('schedule'), plays('rule')];
    file.close();
    return {
      plays: bySchedule + playsByRule,
      playsByRule,
      databaseKilobytes: kilobytes(path),
      journalKilobytes: kilobytes(`${path}-wal`),
      rows: new Map(rows.map(([table, count]) => [table, Number(count)])),
    };
  }
}

function kilobytes(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 1024;
}
