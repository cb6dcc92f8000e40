import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { asText, createApiClient, objectsIn } from './api-client.ts'
import { PERSONAS } from './demo-person.ts'
import type { Persona } from './demo-person.ts'
import { checkStates, playLife, refusingExpired, Unexpected } from './life.ts'
import type { Life } from './life.ts'
import { readLocalState } from './local-state.ts'
import { DEFAULT_PERSIST, ROOT } from './wrangler.ts'

const USAGE = `Plays one session from its creation to its decision against a running server.

  npm run demo [-- --person consistent|other-form|expired] [--template basic-kyc] [--persist ${DEFAULT_PERSIST}] [--url URL --key sk_… --workflow ID]
`
type Target = { url: string; key: string; workflowId: string; persona: Persona }

/** A check that could not say anything, such as watchlists that are not there, may not end in approved. */
function expectedOf(persona: Persona, { processing }: Life): string {
  const isSure = checkStates(processing).every(({ state }) => state === 'ok')
  if (persona === 'expired') return 'rejected'
  return persona === 'consistent' && isSure ? 'approved' : 'manual_review'
}

function findTarget(): Target {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      key: { type: 'string' },
      workflow: { type: 'string' },
      template: { type: 'string', default: 'basic-kyc' },
      persist: { type: 'string', default: DEFAULT_PERSIST },
      person: { type: 'string', default: 'consistent' },
    },
  })
  const local = readLocalState(resolve(ROOT, values.persist))
  const persona = PERSONAS.find((one) => one === values.person)
  if (persona === undefined) throw new Unexpected(`--person is one of ${PERSONAS.join(', ')}.\n\n${USAGE}`)
  const url = values.url ?? local?.url ?? null
  const key = values.key ?? local?.api_key ?? null
  const workflowId = values.workflow ?? local?.workflow_ids[values.template] ?? null
  if (url === null || key === null)
    throw new Unexpected(`There is no server to play against. Start one: npm start\n\n${USAGE}`)
  if (workflowId === null) {
    const known = Object.keys(local?.workflow_ids ?? {}).join(', ') || 'none'
    throw new Unexpected(`No workflow was made from the template ${values.template}; there are: ${known}.`)
  }
  return { url: url.replace(/\/+$/, ''), key, workflowId, persona }
}

async function assertAnswers(url: string): Promise<void> {
  try {
    const health = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) })
    if (health.ok) return
    throw new Unexpected(`${url}/healthz answers ${health.status}.`)
  } catch (failure) {
    if (failure instanceof Unexpected) throw failure
    throw new Unexpected(`No server answers at ${url}. Start one in another terminal and leave it running: npm start`)
  }
}

function tellDecision({ session, processing }: Life, say: (line: string) => void): void {
  say(
    `Decision: ${asText(processing['final_decision']) ?? 'none'} (session status ${asText(session['status']) ?? '?'})`,
  )
  say(`  risk score ${JSON.stringify(processing['risk_score'])}`)
  say('  checks')
  for (const { check, state, message } of checkStates(processing)) {
    say(`    ${check.padEnd(16)} ${state}${message === null ? '' : ` – ${message}`}`)
  }
  say('  why')
  for (const flag of objectsIn(processing['automation_flags'])) {
    say(`    ${asText(flag['rule']) ?? '?'} → ${asText(flag['action']) ?? '?'}: ${asText(flag['reason']) ?? ''}`)
  }
}

const say = (line: string): void => console.log(line)
try {
  const target = findTarget()
  await assertAnswers(target.url)
  const workflowId =
    target.persona === 'expired'
      ? await refusingExpired(createApiClient(target.url, target.key), target.workflowId)
      : target.workflowId
  const life = await playLife({ ...target, workflowId, say })
  tellDecision(life, say)
  const expected = expectedOf(target.persona, life)
  if (life.processing['final_decision'] !== expected || life.session['status'] !== expected) {
    throw new Unexpected(`The decision should be ${expected}.`)
  }
  if (objectsIn(life.processing['automation_flags']).length === 0)
    throw new Unexpected('The decision does not say why.')
  say('\nThe demo went as it should.')
} catch (failure) {
  console.error(`\n${failure instanceof Error ? failure.message : String(failure)}`)
  process.exit(1)
}
