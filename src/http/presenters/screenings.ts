import type { Screened } from '../../application/screenings/screen-subjects.ts'
import type { ScreenedBody } from '../schemas/screenings.ts'
import { iso } from './time.ts'

export const presentScreened = ({ screened_at, state, message, lists, results }: Screened): ScreenedBody => ({
  screened_at: iso(screened_at),
  state,
  ...(message === null ? {} : { message }),
  lists,
  results: results.map(({ reference, hits, near_misses }) => ({
    ...(reference === null ? {} : { reference }),
    hits,
    ...(near_misses === null ? {} : { near_misses }),
  })),
})
