// The tensor library on one WebAssembly instance, without a network: the compiled module comes as an argument, and of its
// kernels only those that the networks here use are there. Nothing but the files of this folder imports it.

import { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js'
import { _fusedMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/_FusedMatMul.js'
import { addConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Add.js'
import { avgPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/AvgPool.js'
import { castConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Cast.js'
import { concatConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Concat.js'
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedConv2D.js'
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedDepthwiseConv2D.js'
import { identityConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Identity.js'
import { maxPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool.js'
import { reluConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Relu.js'
import { reshapeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape.js'
import createModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js'
import type { KernelConfig } from '@tensorflow/tfjs-core'
import { engine, registerBackend, registerKernel, setBackend } from '@tensorflow/tfjs-core'
import { instantiateBy } from '../images/instantiate.ts'

export type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
export { add, avgPool, concat, fused, maxPool, relu, reshape, tensor, tidy } from '@tensorflow/tfjs-core'

const KERNELS: KernelConfig[] = [
  _fusedMatMulConfig,
  addConfig,
  avgPoolConfig,
  castConfig,
  concatConfig,
  fusedConv2DConfig,
  fusedDepthwiseConv2DConfig,
  identityConfig,
  maxPoolConfig,
  reluConfig,
  reshapeConfig,
]

type Instance = Awaited<ReturnType<typeof createModule>> & {
  HEAPU8: Uint8Array
  cwrap(name: string, gives: string | null, takes: string[]): (...values: number[]) => number
}

export type TensorMemory = { tensors: number; tensorBytes: number; wasmBytes: number }
export type Tensors = { memory(): TensorMemory }

/** Once in an isolate. */
export async function startTensors(module: WebAssembly.Module): Promise<Tensors> {
  const wasm = (await createModule({ instantiateWasm: instantiateBy(module) })) as Instance
  const call = (name: string, gives: string | null, ...takes: string[]) => wasm.cwrap(name, gives, takes)
  wasm.tfjs = {
    init: call('init', null),
    initWithThreadsCount: call('init_with_threads_count', null, 'number'),
    getThreadsCount: call('get_threads_count', 'number'),
    registerTensor: call('register_tensor', null, 'number', 'number', 'number'),
    disposeData: call('dispose_data', null, 'number'),
    dispose: call('dispose', null),
  }
  for (const kernel of KERNELS) registerKernel(kernel)
  registerBackend('wasm', () => new BackendWasm(wasm))
  await setBackend('wasm')
  return {
    memory: () => {
      const { numTensors, numBytes } = engine().memory()
      return { tensors: numTensors, tensorBytes: numBytes, wasmBytes: wasm.HEAPU8.buffer.byteLength }
    },
  }
}
