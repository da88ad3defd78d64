import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { desktopEntry } from './scripts/package/desktop-entry.mjs';

/** Never asked: electron-updater wants some address to be there, and the operator's takes its place. */
const noAddress = 'https://updates.invalid/';

/** Signing and notarising need keys that only the release machine has; without them the packages are unsigned. */
const canNotarise = Boolean(process.env.APPLE_API_KEY && process.env.APPLE_API_ISSUER);

/**
 * What goes into the application. `${platform}` and `${arch}` are filled in by electron-builder for each target: the
 * packages on npm carry the binaries of all systems, and 300 MB of them would be of no use.
 */
export const files = [
  'package.json',
  'out/**',
  'resources/models/**',
  'resources/demo/**',
  '!out/.built-from',
  '!**/*.map',
  // The Node.js of the build; Electron has its own.
  '!**/node_modules/node-{linux,win}-*/**',
  '!**/node_modules/**/*.{ts,mts,cts}',
  '!**/node_modules/onnxruntime-node/{script,lib}/**',
  '!**/node_modules/onnxruntime-node/bin/napi-v6/!(${platform})/**',
  '!**/node_modules/onnxruntime-node/bin/napi-v6/${platform}/!(${arch})/**',
  // Two copies of one library: the one with the full version in its name is what nothing asks for.
  '!**/node_modules/onnxruntime-node/bin/**/libonnxruntime.*.*.*.dylib',
  '!**/node_modules/better-sqlite3/{deps,src}/**',
  '!**/node_modules/better-sqlite3/binding.gyp',
  '!**/node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}).node',
  '!**/node_modules/node-addon-api/**',
  '!**/node_modules/node-av/{install,build_mac_local.sh}',
];

/** Compiled for Electron 33 on machines without the official Electron (scripts/setup/sqlite-binding.mjs). */
export const withoutCompiledSqlite = '!**/node_modules/better-sqlite3/build/**';
export const withoutPrebuiltSqlite = '!**/node_modules/better-sqlite3/prebuilds/**';

/** @type {import('electron-builder').Configuration} */
export const common = {
  appId: 'org.vitrine.kiosk',
  productName: 'Vitrine',
  copyright: 'Copyright The Vitrine authors, Apache-2.0',
  directories: { output: 'dist', buildResources: 'packaging' },
  artifactName: 'vitrine-${version}-${os}-${arch}.${ext}',
  // Node-API binaries come ready-made; there is nothing to rebuild for Electron.
  npmRebuild: false,
  asar: { smartUnpack: false },
  // Native code opens these by their path: modules, the shared libraries beside them, models, the demo reel.
  asarUnpack: ['**/*.node', '**/node_modules/onnxruntime-node/bin/**', 'resources/**'],
  extraResources: [
    { from: 'LICENSE', to: 'licences/LICENSE' },
    { from: 'THIRD-PARTY-NOTICES.md', to: 'licences/THIRD-PARTY-NOTICES.md' },
    { from: 'packaging/licences/GPL-3.0.txt', to: 'licences/GPL-3.0.txt' },
  ],
  electronLanguages: ['en', 'en-US', 'de'],
  // Electron's own stand-in for an application: nothing would start it any more, and so it has no business inside.
  afterPack: ({ appOutDir, packager }) =>
    rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true }),
  // Item 19 of Electron's security checklist. The engine runs in a utility process and the supervising process starts
  // this program as itself: neither needs Electron to behave as Node.js.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },
  publish: { provider: 'generic', url: noAddress },
  linux: {
    // No deb here: electron-builder makes all targets of one folder and marks that folder as a .deb's, so that the
    // AppImage would take itself for one when it updates. Ours is made by scripts/package/debian.mjs.
    target: ['AppImage'],
    executableName: 'vitrine',
    icon: 'resources/icons/png',
    category: 'AudioVideo',
    desktop: { entry: desktopEntry },
  },
  win: { target: ['nsis'], executableName: 'Vitrine', icon: 'resources/icons/vitrine.ico' },
  nsis: {
    // For one account, so that an update needs no administrator in front of the shop window.
    oneClick: true,
    perMachine: false,
    deleteAppDataOnUninstall: false,
  },
  mac: {
    // Updates are taken from the zip; the dmg is for people. ONNX Runtime has no binary for Intel Macs any more.
    target: [
      { target: 'dmg', arch: ['arm64'] },
      { target: 'zip', arch: ['arm64'] },
    ],
    icon: 'resources/icons/vitrine.icns',
    category: 'public.app-category.business',
    hardenedRuntime: true,
    entitlements: 'packaging/mac/entitlements.plist',
    entitlementsInherit: 'packaging/mac/entitlements.plist',
    notarize: canNotarise,
    extendInfo: {
      NSCameraUsageDescription: 'Vitrine counts who looks at the shop window. No picture is kept.',
    },
  },
};

export default { ...common, files: [...files, withoutCompiledSqlite] };
