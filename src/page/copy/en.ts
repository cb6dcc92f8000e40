import type { NextAction } from '../../domain/session/public-view.ts'
import type { StepStatus } from '../../domain/session/status.ts'

/** All words of the page that a person reads. */
export const en = {
  title: (asker: string) => `Identity check for ${asker}`,
  asks: (asker: string, workflow: string) => `${asker} asks you for: ${workflow}`,
  steps: 'What it takes',
  optional: 'optional',
  expires: 'Open until',
  next: {
    start: 'You have not started yet.',
    complete_step: 'You have started. The next step is waiting for you.',
    wait: 'We are checking. There is nothing for you to do right now.',
    correct: 'Something needs your attention: please look at the steps below.',
    done: 'You are done. Thank you.',
  } satisfies Record<NextAction, string>,
  stepStatus: {
    pending: 'not started',
    in_progress: 'in progress',
    completed: 'done',
    skipped: 'skipped',
    needs_correction: 'needs your correction',
  } satisfies Record<StepStatus, string>,
  notFound: {
    title: 'This link does not work',
    text: 'It may have been replaced by a newer one. Ask whoever sent it to you for a new link.',
  },
  expired: {
    title: 'This link has run out',
    text: 'Ask whoever sent it to you to extend it or to send a new one.',
  },
  tooMany: {
    title: 'One moment, please',
    text: 'This page was opened very often just now. Wait a minute and open it again.',
  },
  unavailable: {
    title: 'One moment',
    text: 'We cannot open this page right now. It tries again by itself in a few seconds.',
  },
  reference: 'Reference',
}
