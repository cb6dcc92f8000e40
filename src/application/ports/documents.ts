import type { Inspected } from '../../domain/document/inspection/inspect-file.ts'
import type { EpochMs } from '../../domain/time.ts'

export type SignedUpload = { url: string; method: 'PUT'; headers: Record<string, string>; expires_at: EpochMs }
export interface DocumentBytes {
  /** A write-once PUT for exactly this type and length. */
  signUpload(
    key: DocumentKey,
    upload: { mime_type: string; size: number; now: EpochMs; expiresAt: EpochMs },
  ): Promise<SignedUpload>
  /** A GET that always downloads as an attachment. */
  signDownload(
    key: DocumentKey,
    file: { file_name: string; mime_type: string; now: EpochMs; expiresInSeconds: number },
  ): Promise<string>
  /** Size, SHA-256 and what the content is; null when nothing is there. Streams: the bytes are never held whole. */
  inspect(key: DocumentKey): Promise<({ size: number; sha256: string } & Inspected) | null>
  /** Write once: what lies there already stays. */
  put(key: DocumentKey, bytes: Uint8Array, mimeType: string): Promise<void>
  open(key: DocumentKey): Promise<ReadableStream<Uint8Array> | null>
  eraseFile(key: DocumentKey): Promise<void>
  /** Deletes every object of a session; how many there were. */
  eraseSession(sessionId: string): Promise<number>
}
export type DocumentKey = { session_id: string; doc_id: string }
