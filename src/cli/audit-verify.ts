import { readFileSync } from 'node:fs'
import { verifyChain } from '../domain/audit/verify-chain.ts'
import { verifySeals } from '../domain/audit/verify-seals.ts'
import { type Exported, type Log, readExports, type Trail } from './audit-export.ts'

// Checks exported trails and access logs offline (docs/audit.md). Reads the named files and nothing else.

const USAGE = `Checks exported audit trails and access logs; nothing but the files is read.

  npm run audit:verify -- FILE…

  FILE  an answer of GET /kyc/sessions/{session_id}/audit or of GET /kyc/audit/access-log, or a list of them; pages of
        one trail may be in several files. Exit code 0: all intact; 1: something is broken; 2: a file cannot be read.
`

type Finding = { isIntact: boolean; text: string }

function judgeTrail(trail: Trail): Finding {
  const { sessionId, isErased, events, heads } = trail
  const name = `session ${sessionId}`
  const last = heads.toSorted((left, right) => right.length - left.length)[0]
  if (isErased && events.length === 0) {
    const text = `${name}: deleted; of its ${last?.length ?? 0} events the head alone is left, ${last?.link ?? 'none'}`
    return { isIntact: true, text }
  }
  const verdict = verifyChain({ sessionId, events, heads })
  if (!verdict.ok) {
    const { sequence, problem } = verdict.error
    return { isIntact: false, text: `${name}: BROKEN at event ${sequence}: ${problem}` }
  }
  const { length, unchained, forgotten, link } = verdict.value
  const older = unchained === 0 ? '' : `; the first ${unchained} are older than the chain`
  const lost = forgotten === 0 ? '' : `; ${forgotten} had to forget a person who was erased`
  return { isIntact: true, text: `${name}: ${length} events intact${older}${lost}; head ${link ?? 'none'}` }
}

function judgeLog({ tenantId, mode, seals, lines }: Log): Finding {
  const name = `access log of ${tenantId} (${mode})`
  const verdict = verifySeals({ tenantId, mode }, { seals, lines })
  if (!verdict.ok) {
    return { isIntact: false, text: `${name}: BROKEN at seal ${verdict.error.number}: ${verdict.error.problem}` }
  }
  const { sealed, unsealed } = verdict.value
  const rest = unsealed === 0 ? '' : `; ${unsealed} lines not sealed yet`
  const last = seals.at(-1)
  const head = last === undefined ? '' : `; seal ${last.number} is ${last.hash}`
  return { isIntact: true, text: `${name}: ${sealed} lines in ${seals.length} seals intact${rest}${head}` }
}

function read(names: readonly string[]): Exported {
  try {
    return readExports(names.map((name) => ({ name, text: readFileSync(name, 'utf8') })))
  } catch (failure) {
    process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`)
    process.exit(2)
  }
}

const names = process.argv.slice(2)
if (names.length === 0) {
  process.stderr.write(USAGE)
  process.exit(2)
}
const { trails, logs } = read(names)
const findings = [...trails.map(judgeTrail), ...logs.map(judgeLog)]
for (const { isIntact, text } of findings) process.stdout.write(`${isIntact ? '✓' : '✗'} ${text}\n`)
process.exit(findings.every(({ isIntact }) => isIntact) ? 0 : 1)
