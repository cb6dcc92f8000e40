// One text for one JSON value, whatever the order of its keys: what is hashed and what is compared. It does not
// normalise numbers or text beyond what JSON does.

/** Keys sorted by code unit, no spaces; members that are undefined are left out as JSON does. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

export const equalJson = (left: unknown, right: unknown): boolean =>
  left === right || canonicalJson(left) === canonicalJson(right)
