import { defineConfig } from 'vitest/config'

// The full size (`npm run test:long`) takes its time; a test that hangs is still ended.
const patience = process.env.PODOSKIN_LONG === '1' ? 60 : 1

export default defineConfig({
  test: {
    // Two cores: of three files one waits for its server, or for time to run out.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx'],
          testTimeout: 20_000 * patience,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/security/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 60_000 * patience,
          hookTimeout: 120_000 * patience,
        },
      },
    ],
  },
})
