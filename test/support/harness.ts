import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { createTestHarness } from 'wrangler'
import { createApiClient, textIn } from '../../src/cli/api-client.ts'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { newTenant } from '../../src/cli/new-tenant.ts'
import { tenantSql } from '../../src/cli/tenant-sql.ts'
import { configOf, ENGINE_WORKERS } from '../../src/workers/configs.ts'

// The production build of all Workers in local workerd with an empty D1, R2 (its S3 endpoint too), queues and objects.

const ROOT = resolve(import.meta.dirname, '../..')
const CONFIG = resolve(ROOT, 'wrangler.toml')

export type Harness = {
  /** Without a trailing slash. */
  url: string
  key: string
  tenantId: string
  api: ApiClient
  /** A client of another tenant. */
  addTenant(): Promise<ApiClient>
  /** The id of a workflow just made from the template. */
  workflowFrom(template: string): Promise<string>
  /** What the Worker wrote to its log so far. */
  logs(): string[]
  /** As if it were this instant, where one is given. */
  runCron(scheduledTime?: number): Promise<void>
  /** Past the service, in its D1. */
  sql(statement: string): Promise<void>
  stop(): Promise<void>
}

export async function startHarness(vars: Record<string, string> = {}): Promise<Harness> {
  process.env['WRANGLER_SEND_METRICS'] = 'false'
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
  const secrets = {
    ACCESS_TOKEN_KEYS: `1:${randomBytes(32).toString('base64url')}`,
    R2_ACCESS_KEY_ID: 'local-access-key',
    R2_SECRET_ACCESS_KEY: 'local-secret-key-only-for-development',
  }
  const workerAt = (url: string) => ({
    configPath: CONFIG,
    secrets,
    vars: {
      ENVIRONMENT: 'development',
      PUBLIC_BASE_URL: url,
      R2_S3_ENDPOINT: `${url}/cdn-cgi/local/r2/s3`,
      WATCHLISTS: 'off',
      ...vars,
    },
  })
  const engines = ENGINE_WORKERS.map((worker) => ({ configPath: resolve(ROOT, configOf(worker)) }))
  const server = createTestHarness({ workers: [workerAt('http://localhost'), ...engines] })
  // The port is known only now, and the Worker must know it: the signed URLs lead back here.
  const url = (await server.listen()).url.origin
  await server.update({ workers: [workerAt(url), ...engines] })

  const worker = server.getWorker<Cloudflare.Env>()
  await worker.applyD1Migrations('DB')
  const { DB } = await worker.getEnv()
  const insertTenant = async (name: string) => {
    const made = newTenant(name, 'test')
    for (const statement of tenantSql(made.tenant, made.key).split('\n')) await DB.prepare(statement).run()
    return made
  }
  const { tenant, secret } = await insertTenant('Test Bank')

  const api = createApiClient(url, secret)
  return {
    url,
    key: secret,
    tenantId: tenant.tenant_id,
    api,
    addTenant: async () => createApiClient(url, (await insertTenant('Another Bank')).secret),
    workflowFrom: async (template) =>
      textIn(await api.data('POST', `/kyc/workflows/from-template/${template}`, {}), 'workflow_id'),
    logs: () => server.getLogs().map((entry) => entry.message),
    runCron: async (scheduledTime) => {
      const at = scheduledTime === undefined ? {} : { scheduledTime: new Date(scheduledTime) }
      await worker.scheduled({ cron: '* * * * *', ...at })
    },
    sql: async (statement) => {
      await DB.prepare(statement).run()
    },
    stop: () => server.close(),
  }
}
