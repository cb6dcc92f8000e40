// One type: what a caller may leave out. `undefined` is as good as absent, since a parsed body has either.

export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [P in K]?: T[P] | undefined }
