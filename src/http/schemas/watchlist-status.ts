import { z } from '@hono/zod-openapi'
import { Instant } from './envelope.ts'

const said = (description: string) => ({ description })

const ListStatus = z
  .strictObject({
    id: z.string().openapi(said('What `lists` of a check or a screening may name')),
    name: z.string(),
    publisher: z.string().openapi(said('Who puts people on it')),
    version: z.string().nullable().openapi(said('What hits name as `list_version`; null: it has never been loaded')),
    published_on: z.string().nullable().openapi(said('The day of publication, where the list tells it')),
    entries: z.number().int().nullable().openapi(said('People, organizations, vessels and aircraft on it')),
    names: z.number().int().nullable().openapi(said('Their names, aliases and other scripts counted')),
    imported_at: Instant.nullable().openapi(said('When this version came in')),
    confirmed_at: Instant.nullable().openapi(said('When its publisher last said, or showed, that this is the newest')),
    checked_at: Instant.nullable().openapi(said('When its publisher was last asked, whatever came of it')),
    age_hours: z.number().int().nullable().openapi(said('Whole hours since `confirmed_at`')),
    is_stale: z
      .boolean()
      .openapi(said('Whether checks that need it answer `stale`: too old, never loaded, or a sample')),
    last_error: z.string().nullable().openapi(said('Why the last try brought no list; null: it did')),
  })
  .openapi('WatchlistStatus')

export const WatchlistsStatusBody = z
  .strictObject({
    index_version: z.string().nullable().openapi(said('The index that is searched; null: there is none yet')),
    built_at: Instant.nullable().openapi(said('When that index was built')),
    lists: z.array(ListStatus).openapi(said('Every list that this deployment fetches')),
  })
  .openapi('WatchlistsStatus')

export type WatchlistsStatusBody = z.infer<typeof WatchlistsStatusBody>

export const EXAMPLE_WATCHLISTS: WatchlistsStatusBody = {
  index_version: '2026-11-24-5b0c9e71',
  built_at: '2026-11-24T03:18:22.410Z',
  lists: [
    {
      id: 'un_sc',
      name: 'Security Council consolidated list',
      publisher: 'United Nations',
      version: '2026-11-20-3f9a01c2',
      published_on: '2026-11-20',
      entries: 1003,
      names: 4871,
      imported_at: '2026-11-21T03:17:40.102Z',
      confirmed_at: '2026-11-24T03:17:02.671Z',
      checked_at: '2026-11-24T03:17:02.671Z',
      age_hours: 7,
      is_stale: false,
      last_error: null,
    },
  ],
}
