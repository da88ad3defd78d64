import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireSystemPackages } from '../../../scripts/setup/system-libraries.mjs';

const configuration = `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
EndSection
Section "Device"
  Identifier "dummy"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5-1000
  VertRefresh 5-200
EndSection
Section "Screen"
  Identifier "screen"
  Device "dummy"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual 4000 2200
  EndSubSection
EndSection
`;

/** Upright, which the driver does not have by itself; the line is what `cvt 720 1280` gives. */
const upright = '720x1280 79.00 720 776 848 976 1280 1283 1293 1326 -hsync +vsync'.split(' ');
export type DisplayMode = '1280x720' | '1024x768' | '720x1280';

/** Whether an X server of this kind can be had here: it needs its own Debian packages, and to be root. */
export function canChangeDisplays(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    requireSystemPackages('changing-displays', 'Displays that come and go');
    return true;
  } catch {
    return false;
  }
}

/** A real X server with displays that are plugged in, changed and pulled out while the application runs. */
export class ChangingDisplays {
  readonly name: string;
  readonly #end: () => void;

  private constructor(name: string, end: () => void) {
    this.name = name;
    this.#end = end;
    this.#randr('--newmode', ...upright);
  }

  static async start(): Promise<ChangingDisplays> {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-xorg-'));
    const file = join(folder, 'xorg.conf');
    writeFileSync(file, configuration);
    const server = spawn(
      'Xorg',
      ['-displayfd', '3', '-config', file, '-logfile', join(folder, 'log'), '-noreset', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    const end = (): void => {
      server.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    };
    const number = await new Promise<string>((resolve, reject) => {
      let text = '';
      server.stdio[3]?.on('data', (chunk: Buffer) => {
        text += chunk;
        if (text.includes('\n')) resolve(text.trim());
      });
      server.once('error', reject);
      server.once('exit', (code) => reject(new Error(`Xorg ended with ${code}`)));
    });
    return new ChangingDisplays(`:${number}`, end);
  }

  /** Plugs a display in, or gives one that is there another mode. @param place such as `--right-of DUMMY0` */
  plug(output: number, mode: DisplayMode, ...place: readonly string[]): void {
    this.#randr('--addmode', `DUMMY${output}`, mode);
    this.#randr('--output', `DUMMY${output}`, '--mode', mode, ...place);
    this.#tell();
  }

  pull(output: number): void {
    this.#randr('--output', `DUMMY${output}`, '--off');
    this.#tell();
  }

  makePrimary(output: number): void {
    this.#randr('--output', `DUMMY${output}`, '--primary');
  }

  end(): void {
    this.#end();
  }

  /** A real display says that it is plugged in; this driver looks only when it is asked for all of its displays. */
  #tell(): void {
    this.#randr('--query');
  }

  #randr(...args: readonly string[]): void {
    execFileSync('xrandr', ['-d', this.name, ...args], { stdio: 'pipe' });
  }
}
