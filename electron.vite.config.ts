import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

// The oldest Electron it must run on is 33 (Node.js 20, Chromium 130): see docs/development.md.
const nodeTarget = 'node20';
const chromiumTarget = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      sourcemap: true,
      // `dependencies` of package.json stay outside the bundle: native modules find their binaries beside themselves.
      externalizeDeps: true,
      rollupOptions: {
        input: { index: 'main/index.ts', worker: 'main/vision/worker.ts' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      // A sandboxed preload can load nothing but Electron itself, and only as CommonJS.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [svelte()],
    build: {
      target: chromiumTarget,
      sourcemap: true,
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
});
