import type { SessionSnapshot } from '../../application/ports.ts'

export const presentHold = ({ state: { session_id, legal_hold, version } }: SessionSnapshot) => ({
  session_id,
  legal_hold,
  version,
})
