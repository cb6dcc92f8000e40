// The bytes of an access token and nothing else: which field lies where. It knows no key, so what it unpacks is only a
// claim until platform/crypto/access-tokens.ts has checked the MAC over `signed`.
//
//   version 1 · key id 1 · placement 1 · session id 16 · generation 4 · nonce 16 · MAC 18   = 57 bytes, 76 characters

export const TOKEN_VERSION = 1
export const NONCE_BYTES = 16
/** 144 bits: above the 128 that RFC 2104 asks of a cut HMAC-SHA256, and 57 is a multiple of 3, so that base64url has
 * no spare bits and one token has exactly one spelling. */
export const MAC_BYTES = 18
const SIGNED_BYTES = 39
export const TOKEN_BYTES = SIGNED_BYTES + MAC_BYTES
export const TOKEN_CHARACTERS = 76

export const MAX_KEY_ID = 0xff
export const MAX_PLACEMENT = 0xff
export const MAX_GENERATION = 0xffff_ffff

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export type TokenFields = {
  keyId: number
  placement: number
  /** Lower-case UUID. */
  sessionId: string
  generation: number
  nonce: Uint8Array
}

/** The part that the MAC is taken over. Throws for fields that do not fit: only the service itself fills them. */
export function packSigned(fields: TokenFields): Uint8Array {
  if (!isUpTo(fields.keyId, MAX_KEY_ID)) throw new RangeError('token key id must be one byte')
  if (!isUpTo(fields.placement, MAX_PLACEMENT)) throw new RangeError('token placement must be one byte')
  if (!isUpTo(fields.generation, MAX_GENERATION)) throw new RangeError('token generation must be a 32-bit integer')
  if (fields.nonce.length !== NONCE_BYTES) throw new RangeError(`token nonce must be ${NONCE_BYTES} bytes`)
  if (!UUID_PATTERN.test(fields.sessionId)) throw new RangeError('token session id must be a lower-case UUID')
  const bytes = new Uint8Array(SIGNED_BYTES)
  const view = new DataView(bytes.buffer)
  bytes.set([TOKEN_VERSION, fields.keyId, fields.placement])
  fields.sessionId
    .replaceAll('-', '')
    .match(/../g)
    ?.forEach((pair, index) => view.setUint8(3 + index, Number.parseInt(pair, 16)))
  view.setUint32(19, fields.generation)
  bytes.set(fields.nonce, 23)
  return bytes
}

/** Null when the bytes are not of this version and length. */
export function unpackToken(bytes: Uint8Array): { fields: TokenFields; signed: Uint8Array; mac: Uint8Array } | null {
  const [version, keyId = 0, placement = 0] = bytes
  if (bytes.length !== TOKEN_BYTES || version !== TOKEN_VERSION) return null
  const hex = [...bytes.subarray(3, 19)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return {
    fields: {
      keyId,
      placement,
      sessionId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      generation: new DataView(bytes.buffer, bytes.byteOffset).getUint32(19),
      nonce: bytes.slice(23, SIGNED_BYTES),
    },
    signed: bytes.subarray(0, SIGNED_BYTES),
    mac: bytes.subarray(SIGNED_BYTES),
  }
}

const isUpTo = (value: number, max: number): boolean => Number.isInteger(value) && value >= 0 && value <= max
