// @ts-check
/**
 * What the tests need from the machine beside Node: a PostgreSQL server, a Chromium, and a font for it.
 * On Debian, as root, what is missing is installed by apt; elsewhere the tests that need it are skipped, loudly.
 */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { heartbeat, indented, run, say, seconds } from './progress.mjs'

/** @typedef {'postgres' | 'chromium' | 'fonts'} PartName */

/** @type {Readonly<Record<PartName, { title: string, packages: readonly string[], find: () => string | undefined }>>} */
const PARTS = {
  postgres: { title: 'PostgreSQL', packages: ['postgresql-15', 'postgresql'], find: findPostgres },
  chromium: { title: 'Chromium', packages: ['chromium'], find: findChromium },
  fonts: { title: 'DejaVu fonts', packages: ['fonts-dejavu-core'], find: findFonts },
}

/**
 * Installs missing parts where that can be done.
 *
 * @param {readonly PartName[]} wanted
 * @returns {Promise<Map<PartName, string>>} the parts still missing, each with the reason and the remedy
 */
export async function systemParts(wanted) {
  let missing = wanted.filter((name) => PARTS[name].find() === undefined)
  if (missing.length > 0 && canInstall()) {
    await install(missing)
    missing = missing.filter((name) => PARTS[name].find() === undefined)
  }
  return new Map(
    missing.map((name) => {
      const { title, packages } = PARTS[name]
      return [name, `${title} is not installed (on Debian: apt-get install ${packages.at(-1)})`]
    }),
  )
}

/** Path of the Chromium the browser tests drive, if there is one. */
export function findChromium() {
  const given = process.env.THROUGHLINE_TEST_CHROMIUM
  return given !== undefined && existsSync(given)
    ? given
    : (onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome'))
}

function findPostgres() {
  const versions = '/usr/lib/postgresql'
  const installed = existsSync(versions) ? readdirSync(versions) : []
  return installed.map((version) => join(versions, version, 'bin', 'postgres')).find(existsSync) ?? onPath('postgres')
}

function findFonts() {
  // Other systems bring fonts along.
  if (process.platform !== 'linux') return 'system'
  return ['/usr/share/fonts/truetype/dejavu', '/usr/share/fonts/TTF', '/usr/share/fonts/dejavu'].find(existsSync)
}

/** @param {string} program */
function onPath(program) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get') !== undefined
}

/** @param {readonly PartName[]} names */
async function install(names) {
  const began = performance.now()
  say(`Installing ${names.map((name) => PARTS[name].title).join(', ')} with apt …`)
  const rest = heartbeat((elapsed) => `${elapsed} s`)
  // A run level of 1 keeps the packages from starting servers of their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const apt = (/** @type {string[]} */ ...args) =>
    run('apt-get', ['-q', '-y', '-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=30', ...args], {
      env,
      quiet: true,
    })
  const update = await apt('update')
  if (update.code !== 0) say(`apt-get update did not succeed:\n${indented(update.output)}`)
  for (const name of names) {
    for (const candidate of PARTS[name].packages) {
      const { code, output } = await apt('install', '--no-install-recommends', candidate)
      if (code === 0) break
      say(`apt-get install ${candidate} did not succeed:\n${indented(output.split('\n').slice(-8).join('\n'))}`)
    }
  }
  rest()
  say(`apt is done after ${seconds(began)}.`)
}
