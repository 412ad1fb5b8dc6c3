/**
 * A PostgreSQL server of one's own for as long as a test run takes: a new cluster in a temporary folder, on a
 * free loopback port, gone when it is stopped. Uses the server programs of the machine; downloads nothing.
 */
import { execFile, spawn } from 'node:child_process'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where Debian, Ubuntu, Fedora and Homebrew put the server programs, besides the PATH. */
const PLACES = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt']

/**
 * Starts a server and gives its URL. `stop` ends it and removes its folder. Throws an error that says what to
 * install when the machine has no PostgreSQL.
 *
 * @param {{ settings?: Record<string, string> }} [options] Server settings that differ from the defaults.
 * @returns {Promise<{ url: string, pid: number, stop: () => Promise<void> }>}
 */
export async function startPostgres({ settings = {} } = {}) {
  const bin = await programs()
  const folder = await mkdtemp(join(tmpdir(), 'throughline-postgres-'))
  const data = join(folder, 'data')
  const asRoot = process.getuid?.() === 0
  // initdb refuses root, rightly; Debian's package comes with a user for it.
  const user = asRoot ? await postgresUser() : undefined
  if (user) await chown(folder, user.uid, user.gid)
  const as = user ? { uid: user.uid, gid: user.gid, cwd: folder } : { cwd: folder }
  const port = await freePort()
  let server
  const stop = async () => {
    if (server && server.exitCode === null && server.signalCode === null) {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await gone
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await run(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'throughline', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
      as,
    )
    const all = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, ...settings }
    server = spawn(
      join(bin, 'postgres'),
      ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...as, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    // A test run that dies must not leave a server behind.
    process.once('exit', () => server.kill('SIGKILL'))
    let said = ''
    server.stderr.on('data', (text) => {
      said = (said + text).slice(-4000)
    })
    await ready(bin, port, server, () => said)
    const url = `postgres://throughline@127.0.0.1:${port}/postgres`
    return { url, pid: server.pid, stop }
  } catch (problem) {
    await stop()
    throw problem
  }
}

async function programs() {
  const found = []
  for (const place of PLACES) {
    for (const version of await readdir(place).catch(() => [])) {
      const bin = join(place, version, 'bin')
      if ((await readdir(bin).catch(() => [])).includes('initdb'))
        found.push({ bin, version: Number.parseInt(version.replace(/^\D*/, ''), 10) || 0 })
    }
  }
  const newest = found.sort((a, b) => b.version - a.version)[0]
  if (newest) return newest.bin
  const onPath = await run('pg_config', ['--bindir']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
  if (onPath) return onPath
  throw new Error(
    `No PostgreSQL server programs under ${PLACES.join(', ')}. Install PostgreSQL 15 or later (Debian: apt-get install postgresql).`,
  )
}

async function postgresUser() {
  const id = (option) => run('id', [option, 'postgres']).then(({ stdout }) => Number(stdout))
  try {
    return { uid: await id('-u'), gid: await id('-g') }
  } catch {
    throw new Error('PostgreSQL does not run as root, and there is no user `postgres` to run it as. Add one.')
  }
}

/** A port that was free a moment ago. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

async function ready(bin, port, server, said) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said()}`)
    const up = await run(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).then(
      () => true,
      () => false,
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`PostgreSQL was not ready after 30 seconds:\n${said()}`)
}

// `node scripts/postgres.mjs` keeps one running until it is interrupted, for working on the store by hand.
if (basename(import.meta.url) === 'postgres.mjs' && process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await startPostgres()
  console.log(server.url)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.stop())
}
