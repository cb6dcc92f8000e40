import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { buildEngineWorkers } from './test/support/engine-workers.ts'

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
              workers: await buildEngineWorkers(),
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations('migrations'),
                PUBLIC_BASE_URL: 'http://kyc.test',
                R2_S3_ENDPOINT: 'http://kyc.test/cdn-cgi/local/r2/s3',
                R2_ACCESS_KEY_ID: 'local-access-key',
                R2_SECRET_ACCESS_KEY: 'local-secret-key-only-for-development',
                ACCESS_TOKEN_KEYS: '1:dGVzdC1vbmx5LW1hc3Rlci1rZXktb2YtMzItYnl0ZXM',
                WATCHLISTS: 'off',
                JWT_ISSUER: 'https://id.test',
                JWT_AUDIENCE: 'kyc',
                JWT_SHARED_SECRET: 'test-only-shared-secret-of-32-bytes-or-more',
              },
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
          globalSetup: ['test/support/loopback-servers.ts'],
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
