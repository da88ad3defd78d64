import type { App, Display } from 'electron';
import { screen, session as sessions } from 'electron';
import type { ApplicationInfo, KioskEventName, KioskEvents } from '../../contract/ipc.ts';
import type { Settings } from '../../contract/settings.ts';
import type { StageState } from '../../contract/signage.ts';
import { mainScreen } from '../../contract/signage.ts';
import type { Confusions } from '../insights/distributions.ts';
import { knownConfusions } from '../insights/known-confusions.ts';
import { changeFacts } from '../insights/setting-changes.ts';
import { connectPages } from '../ipc/connect-pages.ts';
import type { InsightsServices } from '../ipc/insights-requests.ts';
import { RequestRouter } from '../ipc/request-router.ts';
import { requestHandlers } from '../ipc/requests.ts';
import type { FileServices } from '../ipc/saved-file.ts';
import type { OwnPage, SenderFacts } from '../ipc/sender.ts';
import { originOf, screenOfSender } from '../ipc/sender.ts';
import type { SignageServices } from '../ipc/signage-requests.ts';
import type { Log } from '../log/log.ts';
import { ProblemRegistry } from '../problems/problem-registry.ts';
import { RunSettings } from '../settings/run-settings.ts';
import type { SettingsIncident } from '../settings/settings-store.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { serveSignage } from '../signage/signage-scheme.ts';
import type { UpdateService } from '../update/update-service.ts';
import { systemClock } from '../vision/clock.ts';
import { appOrigin, serveApp } from './app-scheme.ts';
import type { CommandLine } from './command-line.ts';
import { chooseDisplay, describeDisplays, furtherScreens } from './display-choice.ts';
import { EngineLink } from './engine-link.ts';
import { EngineProcessHost } from './engine-process.ts';
import { chooseFile, chooseFolder, chooseMedia, chooseSavePath } from './file-dialog.ts';
import { FurtherScreens } from './further-screens.ts';
import { KioskPage } from './kiosk-page.ts';
import { KioskWindow } from './kiosk-window.ts';
import { Panel } from './panel/panel.ts';
import type { PanelState } from './panel/panel-watch.ts';
import { PictureMemory } from './picture-memory.ts';
import { PinLock } from './pin-lock.ts';
import { printPage } from './print-page.ts';
import type { Closing } from './processes.ts';
import type { Places } from './resources.ts';
import { enginePathsOf } from './resources.ts';
import { denyNetwork, denyPermissions } from './security-rules.ts';
import { SignageLink } from './signage-link.ts';
import type { LoginItem } from './start-at-login.ts';
import { loginItemOf, renewStartAtLogin, setStartAtLogin } from './start-at-login.ts';
import { displayedFolder } from './start-up.ts';
import { StatisticsLink } from './statistics-link.ts';
import { openUpdates } from './update-link.ts';

export interface KioskOptions {
  readonly app: App;
  readonly commandLine: CommandLine;
  readonly dataFolder: string;
  readonly places: Places;
  readonly log: Log;
}

const countersEveryMs = 1_000;

/** The running application: every part, and who tells whom. */
export class Kiosk {
  readonly #options: KioskOptions;
  readonly #problems: ProblemRegistry;
  readonly #store: SettingsStore;
  readonly #settings: RunSettings;
  readonly #lock: PinLock;
  readonly #panel: Panel;
  readonly #engine: EngineLink;
  readonly #statistics: StatisticsLink;
  readonly #signage: SignageLink;
  readonly #updates: UpdateService;
  readonly #devServer: string | null;
  #window: KioskWindow | null = null;
  #page: KioskPage | null = null;
  #further: FurtherScreens | null = null;
  #confusions: { readonly model: string; readonly confusions: Confusions } | null = null;
  #previewEnabled = false;
  #countersTimer: NodeJS.Timeout | undefined;

  constructor(options: KioskOptions) {
    this.#options = options;
    const { log, dataFolder, places } = options;
    this.#devServer = options.app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null);
    this.#problems = new ProblemRegistry({ now: Date.now, onChange: (problems) => this.#tell('problems', problems) });
    this.#store = new SettingsStore({
      folder: dataFolder,
      now: () => new Date(),
      onIncident: (incident) => this.#sayOfSettings(incident),
    });
    this.#settings = new RunSettings(this.#store, options.commandLine.source);
    this.#lock = new PinLock({ pinHash: () => this.#store.current.access.pinHash, now: systemClock.now });
    this.#panel = new Panel({
      settings: () => this.#settings.current,
      clock: systemClock,
      isOperatorHere: () => this.#lock.isOperatorHere,
      log,
      onState: (state, before) => this.#followPanel(state, before),
    });
    this.#engine = new EngineLink({
      host: new EngineProcessHost(places.engineEntry, log),
      clock: systemClock,
      log,
      problems: this.#problems,
      onResult: (result) => {
        // Whom the operator sees in set-up while the panel is off is no audience.
        if (this.#panel.state.playing) {
          this.#statistics.onResult(result);
          this.#signage.signage.onResult(result);
        }
        this.#page?.sendResult(result);
      },
      onReady: () => this.#openPictures(),
      onSource: (state) => this.#tell('source-state', state),
      onFreshStart: () => this.#forgetPeople(),
    });
    this.#statistics = new StatisticsLink({
      folder: dataFolder,
      settings: this.#settings.current,
      problems: this.#problems,
      log,
    });
    this.#signage = new SignageLink({
      folder: dataFolder,
      settings: () => this.#settings.current,
      problems: this.#problems,
      log,
      isResting: () => !this.#panel.state.playing,
      onState: (state) => this.#tellStage(state),
      onPlayed: (increments) => this.#statistics.store.add(increments),
      onChanged: (id) => this.#tell('playlist-changed', { id }),
    });
    this.#updates = openUpdates(options.app, log);
  }

  /** The engine first: it loads its models while the window is made. */
  start(): void {
    this.#engine.start(this.#options.places.engine, this.#settings.current, !this.#panel.state.watching);
    this.#openWindows();
    this.#signage.signage.start();
    this.#connect();
    this.#page?.load();
    this.#further?.follow();
    this.#updates.apply(this.#settings.current.update.address);
    this.#panel.start();
    if (this.#settings.current.display.startAtLogin) this.#atLogin(renewStartAtLogin);
    this.#countersTimer = setInterval(() => this.#tell('counters', this.#statistics.counters()), countersEveryMs);
  }

  bringToFront(): void {
    this.#window?.window.show();
    this.#window?.window.focus();
  }

  /** What has to be ended, in this order: no result comes after the engine, no visit after the statistics. */
  closings(): readonly Closing[] {
    return [
      { name: 'updates', close: () => this.#updates.close() },
      { name: 'windows', close: () => this.#closeWindows() },
      { name: 'panel', close: () => this.#panel.close() },
      { name: 'engine', close: () => this.#engine.stop() },
      { name: 'signage', close: () => this.#signage.signage.close() },
      { name: 'statistics', close: () => this.#statistics.close() },
    ];
  }

  #openWindows(): void {
    const session = sessions.fromPartition('vitrine');
    denyPermissions(session);
    denyNetwork(session, this.#devServer && originOf(this.#devServer));
    serveApp(session, this.#options.places.page);
    serveSignage(session, this.#signage.playlists);
    const shared = {
      inspectable: !this.#options.app.isPackaged,
      session,
      preload: this.#options.places.preload,
      address: this.#devServer ?? `${appOrigin}/`,
      origin: this.#origin,
    };
    this.#window = new KioskWindow({
      ...shared,
      windowed: this.#options.commandLine.windowed,
      dark: this.#settings.current.live.theme !== 'light',
      displayId: () => this.#settings.current.display.id,
      onOpenSetup: () => this.#tell('open-setup', null),
      onInput: (type) => {
        this.#lock.touch();
        this.#panel.input(type);
      },
      onClose: () => this.#options.app.quit(),
    });
    this.#page = new KioskPage({
      kiosk: this.#window,
      log: this.#options.log,
      onRestarted: () => this.#problems.raise('renderer-restarted'),
      onPreviewEnded: () => this.#setPreview(false, 0),
      onLost: () => this.#signage.signage.pageLost(mainScreen),
    });
    this.#further = new FurtherScreens({
      ...shared,
      log: this.#options.log,
      wanted: (displays) => this.#wantedScreens(displays),
      onOpenSetup: () => {
        this.bringToFront();
        this.#tell('open-setup', null);
      },
      onInput: (type) => this.#panel.input(type),
      onScreens: (screens) => this.#signage.signage.useScreens(screens),
      onLost: (id) => this.#signage.signage.pageLost(id),
      onRestarted: () => this.#problems.raise('renderer-restarted'),
    });
  }

  /** In a window among others, one is enough. */
  #wantedScreens(displays: readonly Display[]): readonly string[] {
    const { display, signage } = this.#settings.current;
    if (this.#options.commandLine.windowed || signage.mode === 'off') return [];
    const main = chooseDisplay(displays, screen.getPrimaryDisplay(), display.id);
    return furtherScreens(displays, main, signage.screens);
  }

  #connect(): void {
    const screenOf = (sender: SenderFacts): string | null => screenOfSender(sender, this.#ownPages());
    const router = new RequestRouter({
      handlers: requestHandlers({
        settings: this.#settings,
        lock: this.#lock,
        problems: this.#problems,
        source: () => this.#engine.source,
        counters: () => this.#statistics.counters(),
        panelOff: () => !this.#panel.state.playing,
        info: () => this.#info(),
        choosePin: (pinHash) => this.#store.choosePin(pinHash),
        onSaved: (now, before) => this.#applySettings(now, before),
        cameras: () => this.#engine.listCameras(),
        displays: () => describeDisplays(screen.getAllDisplays(), screen.getPrimaryDisplay()),
        chooseFile: async (kind) => (this.#window ? chooseFile(this.#window.window, kind) : null),
        stored: () => this.#statistics.stored(),
        leave: () => setImmediate(() => this.#options.app.quit()),
        insights: this.#insightsServices(),
        signage: this.#signageServices(),
      }),
      screenOf,
      isUnlocked: () => this.#lock.isOpen,
      onOperator: () => this.#lock.touch(),
      log: this.#options.log,
    });
    const pictures = new PictureMemory(systemClock, this.#options.log);
    connectPages({
      router,
      screenOf,
      onPreview: (enabled, maxHeight) => this.#setPreview(enabled, maxHeight),
      onDrawn: (sequence) => {
        this.#page?.drawn(sequence);
        this.#engine.drawn(sequence);
      },
      onAlive: (id) => {
        if (id === mainScreen) this.#page?.alive();
        else this.#further?.alive(id);
      },
      onDropPictures: (contents) => void pictures.drop(contents),
    });
  }

  #fileServices(): FileServices {
    const window = () => this.#window?.window ?? null;
    return {
      chooseSavePath: async (proposed, extension) => {
        const parent = window();
        return parent && chooseSavePath(parent, proposed, extension);
      },
      printTo: async (path, landscape) => {
        const page = window();
        if (page) await printPage(page, path, landscape);
      },
    };
  }

  #insightsServices(): InsightsServices {
    return {
      ...this.#fileServices(),
      settings: () => this.#settings.current,
      counters: () => this.#statistics.counters(),
      store: this.#statistics.store,
      record: (facts) => this.#statistics.record(facts),
      origin: () => {
        const { version, detector, attributes } = this.#info();
        return { version, detector, attributes };
      },
      confusions: () => this.#knownConfusions(),
      itemNames: () => this.#signage.signage.itemNames(),
      now: Date.now,
    };
  }

  /** Of the network that reads now. Read when Insights is first opened: the start has no need of them. */
  #knownConfusions(): Confusions {
    const { attributeModel } = enginePathsOf(this.#options.places.engine, this.#settings.current);
    if (this.#confusions?.model !== attributeModel) {
      const { confusions, complaint } = knownConfusions(attributeModel);
      if (complaint !== null) this.#options.log('warn', complaint);
      this.#confusions = { model: attributeModel, confusions };
    }
    return this.#confusions.confusions;
  }

  #signageServices(): SignageServices {
    const { signage, playlists } = this.#signage;
    const window = () => this.#window?.window ?? null;
    return {
      ...this.#fileServices(),
      signage,
      playlists,
      screens: () => this.#settings.current.signage.screens,
      chooseMedia: async (kind) => {
        const parent = window();
        return parent ? chooseMedia(parent, kind) : [];
      },
      chooseFolder: async () => {
        const parent = window();
        return parent && chooseFolder(parent);
      },
      onChanged: (id) => this.#signage.changed(id),
    };
  }

  #setPreview(enabled: boolean, maxHeight: number): void {
    this.#previewEnabled = enabled;
    this.#openPictures();
    this.#engine.setPreview(enabled, maxHeight);
  }

  /** A channel of its own for each engine and each page that asks for pictures. */
  #openPictures(): void {
    const port = this.#previewEnabled ? this.#page?.openPictures() : null;
    if (port) this.#engine.openPictures(port);
  }

  #applySettings(now: Settings, before: Settings): void {
    this.#engine.apply(now, before);
    this.#statistics.apply(now);
    this.#signage.signage.apply();
    this.#panel.apply();
    this.#updates.apply(now.update.address);
    for (const facts of changeFacts(before, now)) this.#statistics.record(facts);
    if (now.display.startAtLogin !== before.display.startAtLogin) {
      this.#atLogin((item) => setStartAtLogin(item, now.display.startAtLogin));
    }
    if (now.display.id !== before.display.id) this.#window?.place();
    this.#further?.follow();
    this.#tell('settings', this.#settings.shown);
    this.#further?.send('settings', this.#settings.shown);
  }

  /** While the panel is off nothing plays, nobody is counted, and the camera is closed but for the operator. */
  #followPanel({ playing, watching }: PanelState, before: PanelState): void {
    if (playing !== before.playing) {
      // The play on screen is over with the people who saw it, and then they are.
      this.#signage.signage.follow();
      if (!playing) this.#forgetPeople();
    }
    this.#engine.rest(!watching);
    this.#tell('panel-off', !playing);
    this.#further?.send('panel-off', !playing);
  }

  #forgetPeople(): void {
    this.#statistics.onFreshStart();
    this.#signage.signage.onFreshStart();
  }

  /** Of an installed program: from a folder of sources there is nothing that the system could start. */
  #atLogin(change: (item: LoginItem) => void): void {
    const { app, log } = this.#options;
    if (!app.isPackaged) return;
    try {
      change(loginItemOf(app));
      this.#problems.clear('start-at-login-failed');
    } catch (error) {
      log('error', 'Starting at login cannot be set.', error);
      this.#problems.raise('start-at-login-failed');
    }
  }

  #sayOfSettings(incident: SettingsIncident): void {
    const { log } = this.#options;
    switch (incident.kind) {
      case 'damaged':
        log('error', 'The settings file is damaged; defaults are used.', incident);
        this.#problems.raise('settings-damaged', incident.keptAs === null ? {} : { file: incident.keptAs });
        break;
      case 'unwritable':
        log('error', 'The settings cannot be written.', incident.detail);
        this.#problems.raise('settings-unwritable');
        break;
      case 'written':
        this.#problems.clear('settings-unwritable');
        break;
    }
  }

  #tell<Name extends KioskEventName>(name: Name, payload: KioskEvents[Name]): void {
    this.#page?.send(name, payload);
  }

  #tellStage(state: StageState): void {
    if (state.screen === mainScreen) this.#tell('stage-state', state);
    else this.#further?.sendTo(state.screen, 'stage-state', state);
  }

  get #origin(): string {
    return (this.#devServer && originOf(this.#devServer)) ?? appOrigin;
  }

  #ownPages(): readonly OwnPage[] {
    if (!this.#page) return [];
    const main = { screen: mainScreen, webContentsId: this.#page.webContentsId, origin: this.#origin };
    return [main, ...(this.#further?.pages ?? [])];
  }

  #info(): ApplicationInfo {
    const { detector, attributes } = this.#engine.models;
    return {
      version: this.#options.app.getVersion(),
      runtime: `Electron ${process.versions.electron}`,
      detector: detector && `${detector.name} ${detector.version}`,
      attributes: attributes && `${attributes.name} ${attributes.version}`,
      dataFolder: displayedFolder(this.#options.dataFolder),
    };
  }

  #closeWindows(): void {
    clearInterval(this.#countersTimer);
    this.#further?.close();
    this.#page?.close();
    this.#window?.release();
    this.#window?.window.hide();
  }
}
