// The text by which two spellings of an address are compared. It decides no form: what no format claims is compared as it is.

/** The text to compare: case is dropped only in formats where it carries no data (hex, bech32, CashAddr). */
export function matchKey(address: string): string {
  const text = address.trim()
  if (/^0x[0-9a-f]{40}$/i.test(text) || /^(bc|ltc)1[02-9ac-hj-np-z]+$/i.test(text)) return text.toLowerCase()
  const cash = /^(?:bitcoincash:)?([qp][02-9ac-hj-np-z]{41})$/i.exec(text)?.[1]
  const isOneCase = text === text.toLowerCase() || text === text.toUpperCase() || /^bitcoincash:[0-9A-Z]+$/.test(text)
  return cash !== undefined && isOneCase ? cash.toLowerCase() : text
}
