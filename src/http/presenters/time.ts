import type { EpochMs } from '../../domain/time.ts'

export const iso = (instant: EpochMs): string => new Date(instant).toISOString()

export const isoOrNull = (instant: EpochMs | null): string | null => (instant === null ? null : iso(instant))
