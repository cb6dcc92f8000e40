// The engine Workers of this deployment: pure, reached by service binding alone. What starts, deploys, measures and tests
// the service takes them from here, and deploys them in this order, before the Worker that binds them.

export const ENGINE_WORKERS = ['screening', 'lists', 'pdf', 'reader', 'faces'] as const

export type EngineWorker = (typeof ENGINE_WORKERS)[number]

/** From the root of the repository. */
export const configOf = (worker: EngineWorker): string => `src/workers/${worker}.toml`
