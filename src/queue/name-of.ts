/** Of an error its class: the message may quote what a person wrote. */
export const nameOf = (cause: unknown): string => (cause instanceof Error ? cause.name : typeof cause)
