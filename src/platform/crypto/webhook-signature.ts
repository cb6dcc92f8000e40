import { base64 } from '@scure/base'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { WebhookSigner } from '../../application/ports.ts'
import { SECRET_BYTES, SECRET_PREFIX } from '../../domain/webhook/secret.ts'
import { SECOND_MS } from '../../domain/time.ts'

/**
 * Two signatures over the exact bytes that are sent. The older form signs the event's own time, the same in each attempt, with
 * the secret as text; Standard Webhooks signs the attempt's time with the bytes that the secret stands for.
 */
export function createWebhookSigner(): WebhookSigner {
  return {
    newSecret: () => `${SECRET_PREFIX}${base64.encode(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))}`,
    bytesOf: (text) => base64.decode(text),
    sign({ id, createdAt, body }, secrets, now) {
      const created = String(Math.floor(createdAt / SECOND_MS))
      const attempted = String(Math.floor(now / SECOND_MS))
      const old = concatBytes(utf8ToBytes(`${created}.`), body)
      const standard = concatBytes(utf8ToBytes(`${id}.${attempted}.`), body)
      return {
        'X-Webhook-ID': id,
        'X-Webhook-Timestamp': created,
        'X-Webhook-Signature': secrets
          .map((secret) => `sha256=${bytesToHex(hmac(sha256, utf8ToBytes(secret), old))}`)
          .join(','),
        'webhook-id': id,
        'webhook-timestamp': attempted,
        'webhook-signature': secrets
          .map((secret) => `v1,${base64.encode(hmac(sha256, keyOf(secret), standard))}`)
          .join(' '),
      }
    },
  }
}

const keyOf = (secret: string): Uint8Array => base64.decode(secret.slice(SECRET_PREFIX.length))
