import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../vision/manual-clock.ts';
import { againAfterMs, PanelPower } from './panel-power.ts';
import { type PanelSwitch, panelSwitches, type Run, runProgram } from './panel-switch.ts';

/** Programs that note how they were run and answer as told. */
function programs(answer: (line: string) => string = () => '') {
  const ran: string[] = [];
  const run: Run = async (program, args) => {
    const line = [program, ...args].join(' ');
    ran.push(line);
    return answer(line);
  };
  return { ran, run };
}

const only = (switches: readonly PanelSwitch[]): PanelSwitch => {
  expect(switches).toHaveLength(1);
  return switches[0] as PanelSwitch;
};

describe('panelSwitches', () => {
  it('asks X11 whether it has followed, because xset does not say', async () => {
    const monitor = programs((line) => (line === 'xset q' ? 'DPMS is Enabled\n  Monitor is Off\n' : ''));
    await only(panelSwitches('linux', { DISPLAY: ':0' }, monitor.run)).turn(false);
    expect(monitor.ran).toEqual(['xset dpms force off', 'xset q']);
    const deaf = programs(() => '  Server does not have the DPMS Extension\n');
    await expect(only(panelSwitches('linux', { DISPLAY: ':0' }, deaf.run)).turn(false)).rejects.toThrow(/DPMS/);
  });

  it('prefers what the compositor offers', async () => {
    const { ran, run } = programs((line) =>
      line === 'wlr-randr'
        ? 'HDMI-A-1 "Some Maker (HDMI-A-1)"\n  Enabled: yes\n  Modes:\n    1920x1080 px\nDP-1 "Other"\n  Enabled: yes\n'
        : '',
    );
    const env = { SWAYSOCK: '/run/sway', WAYLAND_DISPLAY: 'wayland-1', DISPLAY: ':0' };
    const switches = panelSwitches('linux', env, run);
    expect(switches.map(({ name }) => name)).toEqual(['swaymsg', 'wlr-randr', 'xset']);
    await switches[0]?.turn(false);
    await switches[1]?.turn(true);
    expect(ran).toEqual([
      'swaymsg output * dpms off',
      'wlr-randr',
      'wlr-randr --output HDMI-A-1 --on --output DP-1 --on',
    ]);
    expect(panelSwitches('linux', {}, run)).toEqual([]);
  });

  it('goes by the documented ways of macOS and Windows', async () => {
    const { ran, run } = programs();
    const mac = only(panelSwitches('darwin', {}, run));
    await mac.turn(false);
    await mac.turn(true);
    await only(panelSwitches('win32', { SystemRoot: 'D:\\Windows' }, run)).turn(false);
    expect(ran.slice(0, 2)).toEqual(['/usr/bin/pmset displaysleepnow', '/usr/bin/caffeinate -u -t 2']);
    expect(ran[2]).toMatch(/^D:\\Windows\\System32\\.*powershell\.exe -NoProfile .*0x0112, .*0xf170, .*\(2\)\)$/);
  });
});

describe('runProgram', () => {
  it('hands words over as they are, and says what failed', async () => {
    expect(await runProgram(process.execPath, ['-p', 'process.argv[1]', '$(id); *'])).toBe('$(id); *\n');
    await expect(runProgram('no-such-program-here', [])).rejects.toThrow(/no-such-program-here/);
    await expect(runProgram(process.execPath, ['-e', 'process.exit(3)'])).rejects.toThrow(/failed/i);
  });
});

describe('PanelPower', () => {
  function power(...turns: ((on: boolean) => Promise<void>)[]) {
    const clock = new ManualClock();
    const said: string[] = [];
    const switches = turns.map((turn, i) => ({ name: `way ${i + 1}`, turn }));
    const log = (level: string, message: string) => void (level === 'warn' && said.push(message));
    return { clock, said, panel: new PanelPower({ switches, clock, log }) };
  }

  it('does one thing after the other, and the last wish counts', async () => {
    const turned: boolean[] = [];
    const slow = Promise.withResolvers<void>();
    const { panel } = power(async (on) => {
      turned.push(on);
      await slow.promise;
    });
    const first = panel.want(false);
    void panel.want(true);
    void panel.want(false);
    slow.resolve();
    await first;
    expect(turned).toEqual([false]);
    await panel.want(true);
    await panel.want(true);
    expect(turned).toEqual([false, true]);
  });

  it('switches off again what was lit by something else, until it is to be on', async () => {
    const turned: boolean[] = [];
    const { panel, clock } = power(async (on) => void turned.push(on));
    await panel.want(false);
    clock.pass(againAfterMs);
    await panel.want(false);
    expect(turned).toEqual([false, false]);
    await panel.close();
    clock.pass(10 * againAfterMs);
    expect(turned).toEqual([false, false, true]);
  });

  it('takes the next way where one does not work, and says once that none does', async () => {
    const turned: boolean[] = [];
    const broken = () => Promise.reject(new Error('no'));
    const one = power(broken, async (on) => void turned.push(on));
    await one.panel.want(false);
    expect(turned).toEqual([false]);
    expect(one.said).toEqual([]);
    const none = power(broken);
    for (const on of [false, true, false]) await none.panel.want(on);
    expect(none.said).toHaveLength(1);
  });
});
