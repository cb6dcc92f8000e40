import { randomInt } from 'node:crypto'
import { fuzz } from '../test/fuzz/run.ts'
import { startHarness } from '../test/support/harness.ts'

// 10,000 hostile requests, made from the OpenAPI document, against the production build in local workerd. Ends in 1 with
// what was found. The same again: SEED=… ; one request of it: ONLY=… ; more or fewer: COUNT=… .

const numberOf = (name: string): number | undefined =>
  process.env[name] === undefined ? undefined : Number(process.env[name])
const seed = numberOf('SEED') ?? randomInt(1, 2 ** 30)
const count = numberOf('COUNT') ?? 10_000
const only = numberOf('ONLY')

process.stdout.write(`seed ${seed}, ${count} requests\n`)
const harness = await startHarness({ RATE_LIMITS: 'off' })
try {
  const startedAt = Date.now()
  const report = await fuzz(harness, {
    seed,
    count,
    ...(only === undefined ? {} : { only }),
    onFinding: (finding) => process.stdout.write(`${JSON.stringify(finding, null, 2)}\n`),
    onThousand: (sent) => process.stdout.write(`${sent} sent\n`),
  })
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  process.stdout.write(
    `${report.sent} sent in ${seconds} s, ${JSON.stringify(report.byStatus)}; after ${report.compared} refusals the session was the same; ${report.findings.length} findings\n`,
  )
  if (report.findings.length > 0) process.exitCode = 1
} finally {
  await harness.stop()
}
