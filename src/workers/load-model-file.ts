import { bytesToHex } from '@noble/hashes/utils.js'

export type WantedFile = { name: string; sha256: string }
export type ModelStore = { fetch(url: string): Promise<Response> }

/** From the Worker's own assets. A file that is not the one of the table never becomes a model. */
export async function loadModelFile(assets: ModelStore, { name, sha256 }: WantedFile): Promise<Uint8Array> {
  const answer = await assets.fetch(`https://models/${name}`)
  if (!answer.ok) throw new Error(`model ${name}: ${answer.status}; npm run models takes it out of its package`)
  const bytes = await answer.arrayBuffer()
  const found = bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  if (found !== sha256) throw new Error(`model ${name} has another hash: ${found}`)
  return new Uint8Array(bytes)
}
