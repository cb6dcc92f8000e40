// The Worker that the tests in workerd run: the real one, and the objects that only tests bind.

export {
  IttyCounter,
  IttyHydratingCounter,
  IttyPresence,
  NativeCounter,
} from '../worker/itty-durable/counter-object.ts'

export default { fetch: () => new Response() }
