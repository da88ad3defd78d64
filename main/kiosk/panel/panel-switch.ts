import { execFile } from 'node:child_process';

/** One way of switching the panel itself. Rejects where it cannot be switched so. */
export interface PanelSwitch {
  /** For the log. */
  readonly name: string;
  readonly turn: (on: boolean) => Promise<void>;
}

/** Runs a program, without a shell. @returns what it printed. Rejects where it is not there or fails */
export type Run = (program: string, args: readonly string[]) => Promise<string>;

const longestMs = 10_000;

export const runProgram: Run = (program, args) =>
  new Promise((resolve, reject) => {
    execFile(program, args, { timeout: longestMs, windowsHide: true }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program}: ${stderr.trim().slice(0, 200) || error.message}`));
      else resolve(stdout);
    });
  });

/**
 * What may switch the panel here, best first. Only these programs with these words are ever run: nothing of them comes
 * from settings.
 */
export function panelSwitches(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  run: Run,
): readonly PanelSwitch[] {
  if (platform === 'win32') return [windows(run, env.SystemRoot ?? 'C:\\Windows')];
  if (platform === 'darwin') return [macos(run)];
  return [
    ...(env.SWAYSOCK ? [sway(run)] : []),
    ...(env.WAYLAND_DISPLAY ? [wlroots(run)] : []),
    ...(env.DISPLAY ? [x11(run)] : []),
  ];
}

/** `xset` also ends well where the display has no power saving, so it is asked what has become of it. */
function x11(run: Run): PanelSwitch {
  return {
    name: 'xset',
    turn: async (on) => {
      await run('xset', ['dpms', 'force', on ? 'on' : 'off']);
      const state = await run('xset', ['q']);
      if (!new RegExp(`Monitor is ${on ? 'On' : 'Off'}`).test(state)) {
        throw new Error('xset: the display does not follow its power saving (DPMS)');
      }
    },
  };
}

/** `power` in newer versions, but `dpms` is understood by all. See sway-output(5). */
function sway(run: Run): PanelSwitch {
  return {
    name: 'swaymsg',
    turn: async (on) => {
      await run('swaymsg', ['output', '*', 'dpms', on ? 'on' : 'off']);
    },
  };
}

/** For compositors of the wlroots family: https://gitlab.freedesktop.org/emersion/wlr-randr */
function wlroots(run: Run): PanelSwitch {
  return {
    name: 'wlr-randr',
    turn: async (on) => {
      // One paragraph for each output, its name first and everything else indented.
      const outputs = [...(await run('wlr-randr', [])).matchAll(/^([^\s"]+)/gm)].map(([, name]) => name ?? '');
      if (outputs.length === 0) throw new Error('wlr-randr: there is no output');
      await run(
        'wlr-randr',
        outputs.flatMap((name) => ['--output', name, on ? '--on' : '--off']),
      );
    },
  };
}

/** See pmset(1) and caffeinate(8): a user who is active wakes the display. */
function macos(run: Run): PanelSwitch {
  return {
    name: 'pmset',
    turn: async (on) => {
      if (on) await run('/usr/bin/caffeinate', ['-u', '-t', '2']);
      else await run('/usr/bin/pmset', ['displaysleepnow']);
    },
  };
}

/**
 * WM_SYSCOMMAND with SC_MONITORPOWER to all windows: https://learn.microsoft.com/windows/win32/menurc/wm-syscommand
 * Newer systems light the display only for somebody who moves the mouse, so it is moved by nothing.
 */
function windows(run: Run, systemRoot: string): PanelSwitch {
  const types = `Add-Type -Namespace Vitrine -Name Panel -MemberDefinition '[DllImport("user32.dll")] public static extern bool PostMessage(System.IntPtr w, uint m, System.IntPtr a, System.IntPtr b); [DllImport("user32.dll")] public static extern void mouse_event(uint f, int x, int y, uint d, System.UIntPtr e);'`;
  const post = (power: number) =>
    `[void][Vitrine.Panel]::PostMessage([System.IntPtr]0xffff, 0x0112, [System.IntPtr]0xf170, [System.IntPtr](${power}))`;
  const move = '[Vitrine.Panel]::mouse_event(1, 0, 0, 0, [System.UIntPtr]::Zero)';
  return {
    name: 'SC_MONITORPOWER',
    turn: async (on) => {
      const script = [types, ...(on ? [post(-1), move] : [post(2)])].join('; ');
      await run(`${systemRoot}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`, [
        '-NoProfile',
        '-NonInteractive',
        '-Command',
        script,
      ]);
    },
  };
}
