import type { FacesEngine, FramesCall, MatchCall, Picture } from '../../../src/workers/faces.ts'

// Stands where the API Worker will: calls the Worker `faces` by its binding, for tests that run outside of workerd.

type Env = { FACES: Service<typeof FacesEngine> }

const bytesIn = async (form: FormData, name: string): Promise<Uint8Array> => {
  const part: unknown = form.get(name)
  return part instanceof Blob ? new Uint8Array(await part.arrayBuffer()) : new Uint8Array()
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/memory') return Response.json(await env.FACES.memory())
    const form = await request.formData()
    const given: unknown = form.get('options')
    const options = JSON.parse(typeof given === 'string' ? given : '{}')
    if (pathname === '/match') {
      const picture = async (name: 'reference' | 'probe'): Promise<Picture> => ({
        kind: options[name],
        bytes: await bytesIn(form, name),
      })
      const call: MatchCall = { reference: await picture('reference'), probe: await picture('probe') }
      return Response.json(await env.FACES.match({ ...call, ...options.threshold }))
    }
    const frames = await Promise.all(
      Array.from({ length: options.frames }, async (_, index) =>
        new Blob([await bytesIn(form, `frame${index}`)]).stream(),
      ),
    )
    const call: FramesCall = { frames, challenges: options.challenges, min_confidence: options.min_confidence }
    return Response.json(await env.FACES.judgeFrames(call))
  },
}
