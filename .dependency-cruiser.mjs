/** Which layer may import which. See docs/architecture.md. */

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const specs = '\\.spec\\.ts$';

export default {
  forbidden: [
    rule(
      'contract-knows-nobody',
      'The contract is what all processes share: it imports nothing of the application.',
      { path: '^contract/' },
      { path: '^(main|preload|renderer|tests|scripts|bench)/' },
    ),
    rule(
      'renderer-knows-the-contract-only',
      'The page speaks to main through the bridge; it imports neither main, preload nor Node.',
      { path: '^renderer/', pathNot: specs },
      { path: '^(main|preload|tests|scripts|bench)/' },
    ),
    rule(
      'renderer-is-a-page',
      'The page runs in a sandbox without Node or Electron.',
      { path: '^renderer/', pathNot: specs },
      { path: '(^|/)node_modules/(electron|better-sqlite3|node-av|onnxruntime-node|electron-log)/' },
    ),
    rule(
      'renderer-without-node',
      'The page runs in a sandbox without Node.',
      { path: '^renderer/', pathNot: specs },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'preload-knows-the-contract-only',
      'The bridge passes messages on and does nothing else.',
      { path: '^preload/', pathNot: specs },
      { path: '^(main|renderer|tests|scripts|bench)/' },
    ),
    rule(
      'engine-knows-the-contract-only',
      'The engine runs in plain Node, a worker or a utility process: it imports the contract and itself.',
      { path: '^main/vision/', pathNot: `${specs}|^main/vision/supervisor\\.ts$` },
      { path: '^(main/(?!vision/)|preload|renderer|tests|scripts|bench)' },
    ),
    rule(
      'engine-without-electron-and-sqlite',
      'The engine runs in plain Node and writes nothing.',
      { path: '^main/vision/', pathNot: specs },
      { path: '(^|/)node_modules/(electron|electron-log|better-sqlite3)/' },
    ),
    rule(
      'audience-knows-the-contract-only',
      'Formulas and privacy rules depend on no database, no window and no engine.',
      { path: '^main/audience/', pathNot: specs },
      { path: '^(main/(?!audience/)|preload|renderer|tests|scripts|bench)' },
    ),
    rule(
      'store-knows-contract-and-audience',
      'The store keeps what the audience module counted, and knows no window and no engine.',
      { path: '^main/store/', pathNot: specs },
      { path: '^(main/(?!store/|audience/)|preload|renderer|tests|scripts|bench)' },
    ),
    rule(
      'store-without-electron',
      'The store is tested in plain Node.',
      { path: '^main/(store|audience|settings)/', pathNot: specs },
      { path: '(^|/)node_modules/electron/' },
    ),
    rule(
      'main-knows-no-page',
      'Main composes everything below it, but neither the page nor the bridge.',
      { path: '^main/', pathNot: specs },
      { path: '^(preload|renderer|tests|scripts|bench)/' },
    ),
    rule('no-circles', 'Two files that import each other are one file or three.', {}, { circular: true }),
    rule('resolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true, pathNot: '^(electron|\\$)' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|out|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
