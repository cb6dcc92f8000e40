import type { AuditView } from '../../domain/session/audit-view.ts'
import type { EventBody } from '../schemas/events.ts'
import { iso } from './time.ts'

export const presentEvent = (event: AuditView): EventBody => ({ ...event, at: iso(event.at) })
