import type { PublicStep, PublicView } from '../domain/session/public-view.ts'
import { en } from './copy/en.ts'
import { Layout, documentOf } from './layout.tsx'

/** Who asks, what for, how far the person got and until when the link is open. */
export function welcomePage(asker: string, view: PublicView): string {
  return documentOf(
    <Layout title={en.title(asker)}>
      <main>
        <h1>{en.asks(asker, view.workflow_name)}</h1>
        <p>{en.next[view.next_action]}</p>
        <h2>{en.steps}</h2>
        <ol>
          {view.steps_data.map((step) => (
            <Step
              step={step}
              message={view.corrections.find((item) => item.step_id === step.step_id)?.message ?? null}
            />
          ))}
        </ol>
      </main>
      <footer>
        {en.expires} <time datetime={instantOf(view)}>{instantOf(view).slice(0, 16).replace('T', ' ')} UTC</time>
      </footer>
    </Layout>,
  )
}

const Step = ({ step, message }: { step: PublicStep; message: string | null }) => (
  <li value={step.order}>
    {step.name}
    {step.required ? null : ` (${en.optional})`}
    <span class="state">{en.stepStatus[step.status]}</span>
    {message === null ? null : <span>{message}</span>}
  </li>
)

const instantOf = (view: PublicView): string => new Date(view.expires_at).toISOString()
