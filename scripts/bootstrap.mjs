// @ts-check
/**
 * Makes a fresh clone ready: the right Node, and the packages of the lock file. Uses nothing but Node itself,
 * because it runs before anything is installed. Does nothing when all is in place.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { heartbeat, indented, run, say, seconds } from './progress.mjs'

/** The repository's root, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

const LOCK = join(ROOT, 'package-lock.json')
const MODULES = join(ROOT, 'node_modules')
/** Remembers which lock file the packages were installed from. */
const STAMP = join(MODULES, '.throughline-lock')

/** Checks Node and installs packages where needed. Ends the process with a remedy when that cannot be done. */
export async function bootstrap() {
  const wrong = wrongNode(process.versions.node, requiredNode())
  if (wrong !== undefined) stop(wrong)
  const lock = readFileSync(LOCK)
  const hash = createHash('sha256').update(lock).digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return
  if (!installedMatches(lock.toString('utf8'))) await install(lock.toString('utf8'))
  writeFileSync(STAMP, hash)
}

/** The lowest Node the project runs on, such as `20.19`, from `engines` in package.json. */
function requiredNode() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node.replace('>=', '')
}

/**
 * What to tell somebody whose Node is too old, or undefined when it is not.
 *
 * @param {string} present such as `18.4.0`
 * @param {string} required such as `20.19`
 */
export function wrongNode(present, required) {
  const [major = 0, minor = 0] = present.split('.').map(Number)
  const [leastMajor = 0, leastMinor = 0] = required.split('.').map(Number)
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined
  return (
    `Throughline needs Node ${required} or newer; this is Node ${present} (${process.execPath}).\n` +
    'Install a newer one, for instance with `nvm install` in this folder or from https://nodejs.org, and try again.'
  )
}

/**
 * Whether what npm last installed is what the lock file asks for, so that a changed script or licence line in
 * it costs nobody a new installation.
 *
 * @param {string} lock the lock file's text
 */
function installedMatches(lock) {
  const record = join(MODULES, '.package-lock.json')
  if (!existsSync(record)) return false
  const present = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(JSON.parse(lock).packages).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/')) return true
    const found = present[path]
    if (found === undefined) return wanted.optional === true || wanted.peer === true
    return found.version === wanted.version && existsSync(join(ROOT, path))
  })
}

/** @param {string} lock the lock file's text */
async function install(lock) {
  const began = performance.now()
  const total = Object.keys(JSON.parse(lock).packages).length
  say(`Installing packages with npm (${existsSync(MODULES) ? 'the lock file has changed' : 'first start'}) …`)
  const rest = heartbeat((elapsed) => `${elapsed} s, ${unpacked()} folders of about ${total} packages there`)
  const first = await npmCi()
  // Registries fail now and then, and npm 10 ends with status 0 when they do: look at what is there instead.
  const { code, output } = installedMatches(lock) ? first : await npmCi()
  rest()
  if (!installedMatches(lock)) {
    say(indented(output))
    stop(
      `npm ci did not install the packages (exit status ${code}); what npm said is above.\n` +
        'Check that this machine reaches the npm registry (`npm ping`) and that the disk has 1 GB left, then try again.',
    )
  }
  say(`Packages are there after ${seconds(began)}.`)
}

function npmCi() {
  // NODE_ENV=production or an .npmrc of the user's would leave out what builds and tests need.
  const kinds = ['--include=dev', '--include=optional', '--ignore-scripts']
  const args = ['ci', ...kinds, '--loglevel=error', '--no-progress', '--no-audit', '--no-fund']
  const npm = process.env.npm_execpath
  return npm?.endsWith('.js') === true
    ? run(process.execPath, [npm, ...args], { cwd: ROOT, quiet: true })
    : run('npm', args, { cwd: ROOT, quiet: true, shell: process.platform === 'win32' })
}

function unpacked() {
  if (!existsSync(MODULES)) return 0
  return readdirSync(MODULES).filter((name) => !name.startsWith('.')).length
}

/** @param {string} message @returns {never} */
function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
