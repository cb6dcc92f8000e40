import { WorkerEntrypoint } from 'cloudflare:workers'
import { faceEngine } from '../../src/workers/face-engine.ts'
import type { FacesEnv } from '../../src/workers/face-engine.ts'

// The face engine as the Worker `faces` has it, with what a bench wants to see: each picture's faces and vectors.

export default class extends WorkerEntrypoint<FacesEnv> {
  override async fetch(request: Request): Promise<Response> {
    const engine = await faceEngine(this.env)
    const looked = await engine.look(new Uint8Array(await request.arrayBuffer()))
    const faces = looked.faces.map(({ vector, ...face }) => ({
      ...face,
      vector: vector === null ? null : { dlib: [...vector.dlib], arcface: [...vector.arcface] },
    }))
    return Response.json({ ...looked, faces, memory: engine.memory() })
  }
}
