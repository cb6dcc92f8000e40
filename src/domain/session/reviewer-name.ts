// Who a decision is shown to be by: a person's JWT subject, or the name of the key that acted.

import type { ActorRef } from './state.ts'

export const reviewerName = (actor: ActorRef): string => (actor.type === 'user' ? actor.id : (actor.name ?? actor.id))
