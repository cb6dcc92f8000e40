// `npm ci` refuses a lock file that lacks an optional package of another system, and npm writes such a file wherever the
// registry at hand does not have all of them. This adds what lacks: the exact version that its parent names, and the
// system that its own name tells. Run it after a change of dependencies: node .ci/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = new URL('../package-lock.json', import.meta.url)
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'netbsd', 'openbsd', 'sunos', 'aix']
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'arm']

const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const packages = lock.packages

/** @param {string} from @param {string} name */
function resolves(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true
    if (!folder.includes('node_modules/')) return false
    if (!folder.includes('/node_modules/')) return packages[`node_modules/${name}`] !== undefined
  }
}

let added = 0
for (const [path, parent] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (path === '' || resolves(path, name)) continue
    const tail = name
      .slice(name.lastIndexOf('/') + 1)
      .replace('windows-64', 'win32-x64')
      .replace('darwin-64', 'darwin-x64')
    const os = SYSTEMS.find((one) => tail.includes(one))
    const cpu = PROCESSORS.find((one) => tail.includes(one))
    if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
      console.error(`cannot tell what ${name}@${version} is for; add it by hand`)
      process.exitCode = 1
      continue
    }
    const libc = tail.includes('musl') ? 'musl' : os === 'linux' && tail.includes('gnu') ? 'glibc' : null
    packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(parent.dev === true ? { dev: true } : {}),
      ...(libc === null ? {} : { libc: [libc] }),
      ...(parent.license === undefined ? {} : { license: parent.license }),
      optional: true,
      os: [os],
      ...(parent.engines === undefined ? {} : { engines: parent.engines }),
    }
    added += 1
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} added`)
