import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{protocol,sandbox-server,site,content,lint,scripts}/**/*.test.{ts,tsx}'],
          // Far above what any takes: a busy machine is no failure.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['./e2e/setup/global-setup.ts'],
          fileParallelism: false,
          // Of tests that are marked as concurrent: runs of examples, which mostly wait for the link.
          maxConcurrency: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // One second, the default, is what a run takes to begin on a busy machine.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
