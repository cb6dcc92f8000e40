// Sends the hostile requests of a seed to a running service and tells what was found. Lanes work side by side, each on a
// session of its own, so that what a refused call must not change can be compared.

import { Agent, request as httpRequest } from 'node:http'
import { readFileSync } from 'node:fs'
import type { JsonObject } from '../../src/http/openapi/json.ts'
import type { Harness } from '../support/harness.ts'
import { operationsOf, requestOf } from './hostile-request.ts'
import type { HostileRequest, Operation } from './hostile-request.ts'
import { judge } from './judge.ts'
import type { FuzzAnswer } from './judge.ts'
import { plansOf } from './plan.ts'
import type { Plan } from './plan.ts'
import { makeTarget } from './target.ts'
import type { Target } from './target.ts'

export type Finding = { index: number; operation: string; what: string; request: string; answer: string }
export type FuzzReport = { sent: number; compared: number; byStatus: Record<string, number>; findings: Finding[] }

const LANES = 4
/** A target serves so many requests: a link of its own limits, and a session that was led somewhere, are worn out soon. */
const REQUESTS_PER_TARGET = 40
const COMPARE_ONE_IN = 5
const HANGS_AFTER_MS = 20_000
/** What a refused upload leaves behind is that it was refused. */
const CHANGES_WHEN_REFUSED = ['confirmUpload', 'uploadFile', 'uploadDocument']

export async function fuzz(
  harness: Harness,
  options: {
    seed: number
    count: number
    only?: number
    onFinding?: (finding: Finding) => void
    onThousand?: (sent: number) => void
  },
): Promise<FuzzReport> {
  const document: JsonObject = JSON.parse(readFileSync('docs/openapi.json', 'utf8'))
  const operations = operationsOf(document)
  const report: FuzzReport = { sent: 0, compared: 0, byStatus: {}, findings: [] }
  const agent = new Agent({ keepAlive: true, maxSockets: LANES })
  const plans = plansOf(options.seed, options.count)
  let next = 0

  const lane = async (): Promise<void> => {
    const targets = new Map<number, { target: Target; left: number }>()
    for (let step = plans.next(); step.done !== true; step = plans.next()) {
      const index = next
      next += 1
      if (options.only !== undefined && options.only !== index) continue
      const plan = step.value
      const known = targets.get(plan.stage)
      const aimed = known ?? { target: await makeTarget(harness, plan.stage), left: REQUESTS_PER_TARGET }
      aimed.left -= 1
      targets.set(plan.stage, aimed)
      const status = await attack(plan, index, aimed.target)
      if (aimed.left === 0 || (status < 300 && isLastOf(plan, operations))) targets.delete(plan.stage)
    }
  }

  const attack = async (plan: Plan, index: number, target: Target): Promise<number> => {
    const operation = operations[plan.operation % operations.length]
    if (operation === undefined) throw new Error('the document has no operations')
    const sent = requestOf(plan, operation, target, harness.key)
    const isCompared = index % COMPARE_ONE_IN === 0 && !CHANGES_WHEN_REFUSED.includes(operation.id)
    const before = isCompared ? await stateOf(harness, target) : ''
    const found = (what: string, answer: string): void => {
      const { method, path, headers, body } = sent
      const request = `${method} ${path.replaceAll(target.token, '{token}')} ${JSON.stringify({ ...headers, authorization: undefined })} ${body?.toString('latin1') ?? ''}`
      const finding = { index, operation: operation.id, what, request: request.slice(0, 600), answer }
      report.findings.push(finding)
      options.onFinding?.(finding)
    }
    report.sent += 1
    if (report.sent % 1_000 === 0) options.onThousand?.(report.sent)
    try {
      const answer = await sendRaw(harness.url, agent, sent)
      report.byStatus[answer.status] = (report.byStatus[answer.status] ?? 0) + 1
      const wrong = judge(sent.path, answer)
      if (wrong !== null) found(wrong, answer.body.slice(0, 400))
      if (isCompared && answer.status >= 400) {
        report.compared += 1
        if ((await stateOf(harness, target)) !== before)
          found(`a ${answer.status} that changed the session`, answer.body.slice(0, 400))
      }
      return answer.status
    } catch (cause) {
      found(cause instanceof Error ? cause.message : 'broken off', '')
      return 0
    }
  }

  await Promise.all(Array.from({ length: LANES }, lane))
  agent.destroy()
  return report
}

/** It left its target dead, or with another link. */
const isLastOf = (plan: Plan, operations: Operation[]): boolean =>
  ['deleteSession', 'generateLink', 'deleteWorkflow'].includes(
    operations[plan.operation % operations.length]?.id ?? '',
  ) || plan.method === 'DELETE'

async function stateOf(harness: Harness, { sessionId, workflowId }: Target): Promise<string> {
  const session = await harness.api.call('GET', `/kyc/sessions/${sessionId}`)
  const workflow = await harness.api.call('GET', `/kyc/workflows/${workflowId}`)
  const withoutMeta = [session, workflow].map(({ status, body }) =>
    typeof body === 'object' && body !== null && !Array.isArray(body) ? { status, data: body['data'] } : { status },
  )
  return JSON.stringify(withoutMeta)
}

function sendRaw(url: string, agent: Agent, { method, path, headers, body }: HostileRequest): Promise<FuzzAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, agent, method, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const named = Object.entries(response.headers).map(([name, value]) => [name, value?.toString()])
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(named),
          body: Buffer.concat(chunks).toString(),
        })
      })
    })
    sent.setTimeout(HANGS_AFTER_MS, () => sent.destroy(new Error(`no answer within ${HANGS_AFTER_MS} ms`)))
    sent.on('error', reject)
    sent.end(body ?? undefined)
  })
}
