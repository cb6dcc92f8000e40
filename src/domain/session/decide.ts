// What a command leads to: events, or a refusal with the reason. Pure: the same state, command and context give the
// same answer, and a refusal changes nothing. No events = nothing to do, as for a command that is repeated.

import { domainError } from '../errors.ts'
import type { DomainError } from '../errors.ts'
import { err, ok, unreachable } from '../result.ts'
import type { Result } from '../result.ts'
import type { SessionCommand } from './commands.ts'
import { decideCloseOverdue, decideProcess, decideRecordResult, decideValidate } from './decide-checks.ts'
import { decideComplete } from './decide-completion.ts'
import { decideCorrections } from './decide-corrections.ts'
import { decideAnnounce, decideConfirm, decideRecordExtraction, decideRemove, decideSweep } from './decide-documents.ts'
import { decideExpire, decideExtend, decideRenewLink } from './decide-link.ts'
import { decideReopen, decideWhitelist } from './decide-hits.ts'
import { decideCompleteLiveness, decideStartLiveness } from './decide-liveness.ts'
import { decideSave, decideSkip, decideStart } from './decide-steps.ts'
import { decideAddSubsession, decideNoteSubsession, decideRemoveSubsession } from './decide-subsessions.ts'
import { decideLegalHold, decideUpdate } from './decide-update.ts'
import type { SessionEvent } from './events.ts'
import type { SessionState } from './state.ts'
import { beginTurn } from './turn.ts'
import type { DecideContext, Refusal, Turn } from './turn.ts'

export type { DecideContext } from './turn.ts'

export function decide(
  state: SessionState,
  command: SessionCommand,
  context: DecideContext,
): Result<SessionEvent[], DomainError> {
  if (context.expected_version !== null && context.expected_version !== state.version) {
    const message = `If-Match says version ${context.expected_version}, the session is at ${state.version}. Read it again and decide anew.`
    return err(domainError('VERSION_CONFLICT', message))
  }
  const turn = beginTurn(state, context)
  const refusal = dispatch(turn, command)
  return refusal === null ? ok([...turn.events]) : err(refusal)
}

function dispatch(turn: Turn, command: SessionCommand): Refusal {
  switch (command.type) {
    case 'start':
      return decideStart(turn, command)
    case 'save_step':
      return decideSave(turn, command)
    case 'complete_step':
      return decideComplete(turn, command)
    case 'skip_step':
      return decideSkip(turn, command)
    case 'announce_upload':
      return decideAnnounce(turn, command)
    case 'confirm_upload':
      return decideConfirm(turn, command)
    case 'remove_document':
      return decideRemove(turn, command)
    case 'record_extraction':
      return decideRecordExtraction(turn, command)
    case 'start_liveness':
      return decideStartLiveness(turn, command)
    case 'complete_liveness':
      return decideCompleteLiveness(turn, command)
    case 'update':
      return decideUpdate(turn, command)
    case 'renew_link':
      return decideRenewLink(turn, command)
    case 'extend':
      return decideExtend(turn, command)
    case 'request_corrections':
      return decideCorrections(turn, command)
    case 'process':
      return decideProcess(turn, command)
    case 'validate':
      return decideValidate(turn, command)
    case 'set_legal_hold':
      return decideLegalHold(turn, command)
    case 'whitelist_hit':
      return decideWhitelist(turn, command)
    case 'reopen_hit':
      return decideReopen(turn, command)
    case 'add_subsession':
      return decideAddSubsession(turn, command)
    case 'remove_subsession':
      return decideRemoveSubsession(turn, command)
    case 'note_subsession':
      return decideNoteSubsession(turn, command)
    case 'expire':
      return decideExpire(turn)
    case 'sweep_uploads':
      return decideSweep(turn)
    case 'record_result':
      return decideRecordResult(turn, command)
    case 'close_overdue_runs':
      return decideCloseOverdue(turn)
    default:
      return unreachable(command)
  }
}
