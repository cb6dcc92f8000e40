import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            main: './test/support/worker.ts',
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: { TEST_MIGRATIONS: await readD1Migrations('migrations') },
              // Bound in tests alone: the evidence of docs/adr/0002.
              durableObjects: {
                ITTY_COUNTER: { className: 'IttyCounter', useSQLite: true },
                ITTY_HYDRATING_COUNTER: { className: 'IttyHydratingCounter', useSQLite: true },
                ITTY_PRESENCE: { className: 'IttyPresence', useSQLite: true },
                NATIVE_COUNTER: { className: 'NativeCounter', useSQLite: true },
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
          setupFiles: ['test/support/apply-migrations.ts'],
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
