// The weights that faces are found, aligned and compared with: which file, out of which package, with which hash. A file
// with another hash is never loaded. docs/models/faces.md says where each comes from and what it was measured to do.

export type ModelFile = {
  /** Its name among the assets of the engine's Worker. */
  name: string
  bytes: number
  sha256: string
  from: {
    package: string
    version: string
    path: string
    /** Of a package that is not installed, since it brings hundreds of others: it is unpacked from its archive instead. */
    integrity?: string
  }
}

const faceApi = (file: string, bytes: number, sha256: string): ModelFile => ({
  name: file,
  bytes,
  sha256,
  from: { package: '@vladmandic/face-api', version: '1.7.15', path: `model/${file}` },
})

export const FACE_MODEL_FILES = {
  detector: faceApi(
    'tiny_face_detector_model.bin',
    193_321,
    'b7503ce7df31039b1c43316a9b865cab6a70dd748cc602d3fa28b551503c3871',
  ),
  detectorManifest: faceApi(
    'tiny_face_detector_model-weights_manifest.json',
    3_219,
    '5d1af4849ac48d5b985f4a9b16010c512353ddd6fcc63d50fd0bc9e9e64296e5',
  ),
  landmarks: faceApi(
    'face_landmark_68_model.bin',
    356_840,
    '4611ef65c87d836d03d684b30eec4d195d8b219fa1dd58fc58945831c6b9299b',
  ),
  landmarksManifest: faceApi(
    'face_landmark_68_model-weights_manifest.json',
    8_485,
    'ca4886639f86e99b39fed0c155f81b63317225773bd9616716e887b0153389c9',
  ),
  dlib: faceApi(
    'face_recognition_model.bin',
    6_444_032,
    'b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589',
  ),
  dlibManifest: faceApi(
    'face_recognition_model-weights_manifest.json',
    19_615,
    'cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b',
  ),
  arcface: {
    name: 'fr_feature.onnx',
    bytes: 4_884_269,
    sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    from: {
      package: 'faceplugin-face-recognition-js',
      version: '0.0.1',
      path: 'model/fr_feature.onnx',
      integrity: 'sha512-shriXjd4zJHEwhK1jHK+bWo8Vv6Vu9B/w6RRsd4AFtNM/jaI2vhuOamOSMl9qQmLd8WlQ7dgqN+3C2iOi5pXWw==',
    },
  },
} satisfies Record<string, ModelFile>

export type FaceModelName = keyof typeof FACE_MODEL_FILES
export const FACE_MODEL_NAMES = Object.keys(FACE_MODEL_FILES) as FaceModelName[]
/** The files' bytes, already compared with their hashes. */
export type FaceModelBytes = Record<FaceModelName, Uint8Array>
