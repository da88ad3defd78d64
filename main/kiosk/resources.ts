import { join, sep } from 'node:path';
import type { EnginePaths } from '../../contract/engine.ts';
import type { Network, Settings } from '../../contract/settings.ts';
import { networkFiles } from '../settings/network-files.ts';

/** What an engine may have to load. All absolute. */
export interface EngineFiles extends Omit<EnginePaths, 'attributeModel'> {
  readonly attributeModels: Readonly<Record<Network, string>>;
}

/** Where the parts of the installed application lie. All absolute. */
export interface Places {
  readonly engineEntry: string;
  readonly preload: string;
  readonly page: string;
  readonly engine: EngineFiles;
}

/**
 * @param appFolder Electron's application folder; in an installed program a file `app.asar`, beside which the files
 *   that native code opens by path are unpacked
 * @param env `VITRINE_DETECTOR` and `VITRINE_ATTRIBUTES` name model files to use in place of our own
 */
export function placesOf(appFolder: string, env: NodeJS.ProcessEnv): Places {
  const onDisk = appFolder.endsWith(`${sep}app.asar`) ? `${appFolder}.unpacked` : appFolder;
  const resources = join(onDisk, 'resources');
  return {
    engineEntry: join(appFolder, 'out/main/worker.js'),
    preload: join(appFolder, 'out/preload/index.cjs'),
    page: join(appFolder, 'out/renderer'),
    engine: {
      detectorModel: env.VITRINE_DETECTOR || join(resources, 'models/face-detector.onnx'),
      attributeModels: {
        standard: env.VITRINE_ATTRIBUTES || join(resources, 'models', networkFiles.standard),
        light: env.VITRINE_ATTRIBUTES || join(resources, 'models', networkFiles.light),
      },
      alignment: join(resources, 'models/alignment.json'),
      demoReel: join(resources, 'demo/reel.mp4'),
    },
  };
}

/** What the engine has to load by the settings. */
export function enginePathsOf({ attributeModels, ...files }: EngineFiles, { picture }: Settings): EnginePaths {
  return { ...files, attributeModel: attributeModels[picture.network] };
}
