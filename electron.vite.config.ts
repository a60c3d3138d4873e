import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { metaPolicy } from './electron/shell/content-policy.ts'

const root = import.meta.dirname
const { devDependencies } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'))

// One build serves both runtimes, so it is made for the lower one (Electron 33): electron-vite would follow the
// version in node_modules and leave syntax in the bundle that 33 cannot read.
const node = 'node20.18'
const chromium = 'chrome130'

/** The policy also stands in the page itself, where static scanners and a person can see it. */
const policyInPage: Plugin = {
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      injectTo: 'head-prepend',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy() },
    },
  ],
}

export default defineConfig({
  main: {
    define: { __ELECTRON_MAJOR__: Number(/\d+/.exec(devDependencies.electron)?.[0]) },
    build: {
      outDir: 'out/main',
      target: node,
      minify: true,
      rolldownOptions: {
        // The log is read in a thread of its own, and a passphrase's key made in a process of its own: each wants a file.
        input: {
          main: resolve(root, 'electron/main.ts'),
          'log-worker': resolve(root, 'electron/monitoring/log/worker.ts'),
          'key-process': resolve(root, 'electron/cleanup/backup/key-process.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: node,
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    build: {
      outDir: 'out/renderer',
      target: chromium,
      minify: true,
      rolldownOptions: { input: { index: resolve(root, 'renderer/index.html') } },
    },
    plugins: [react(), policyInPage],
  },
})
