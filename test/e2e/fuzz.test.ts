import { expect, it } from 'vitest'
import { fuzz } from '../fuzz/run.ts'
import { startHarness } from '../support/harness.ts'

// `npm run fuzz` sends 10,000 of another seed each time.

const SEED = 20_261_124
const COUNT = 1_000

it(`${COUNT} hostile requests get an answer of the contract each, and a refusal changes nothing`, async () => {
  const harness = await startHarness({ RATE_LIMITS: 'off' })
  try {
    const report = await fuzz(harness, { seed: SEED, count: COUNT })
    expect(report.findings, `seed ${SEED}`).toEqual([])
    expect([report.sent, report.compared > COUNT / 20]).toEqual([COUNT, true])
    // Worth something only if they get through the first door too.
    expect(Object.keys(report.byStatus)).toEqual(expect.arrayContaining(['200', '400', '401', '404']))
  } finally {
    await harness.stop()
  }
}, 600_000)
