import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const long = process.env.PODOSKIN_LONG === '1'

/**
 * The suites that drive the real window. `npm test` runs them; by hand:
 * `xvfb-run -a npx playwright test [--project=e2e|security]`, after `npx electron-vite build`.
 * As an ordinary user, with Chromium's real sandbox, TMPDIR and `--output` must be writable for them.
 */
export default defineConfig({
  testMatch: '**/*.spec.ts',
  globalSetup: './test/support/window-setup.ts',
  outputDir: process.env.PODOSKIN_TEST_FOLDER ? join(process.env.PODOSKIN_TEST_FOLDER, 'results') : 'out/test/window',
  reporter: [['list']],
  forbidOnly: true,
  retries: 0,
  // Every test has its own app, profile and database, so two may run beside each other.
  fullyParallel: true,
  workers: 2,
  timeout: long ? 1_800_000 : 60_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: 'e2e', testDir: 'test/e2e', testIgnore: '**/soak.spec.ts' },
    { name: 'security', testDir: 'test/security' },
    // Alone, so that nothing else moves what it measures. Only at full size: it takes an hour.
    ...(long ? [{ name: 'soak', testDir: 'test/e2e', testMatch: '**/soak.spec.ts', workers: 1 }] : []),
    // What `npm run package` left in release/, from outside: one at a time, for there is one keyboard.
    { name: 'packaged', testDir: 'test/packaged', workers: 1 },
  ],
})
