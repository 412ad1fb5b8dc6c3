// @ts-check
/** How the scripts tell a person what they are doing, and how they run other programs. */
import { spawn } from 'node:child_process'

/** Prints one line. @param {string} [line] */
export function say(line = '') {
  process.stdout.write(`${line}\n`)
}

/** Seconds since a `performance.now()`, as text such as `1.4 s`. @param {number} since */
export function seconds(since) {
  const elapsed = (performance.now() - since) / 1000
  return elapsed < 60 ? `${elapsed.toFixed(1)} s` : `${Math.floor(elapsed / 60)} min ${Math.round(elapsed % 60)} s`
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Ends the programs that `run` has started and that still run. */
export function endPrograms() {
  for (const child of running) child.kill('SIGTERM')
}

/**
 * Runs a program and waits for it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, shell?: boolean }} [options] `quiet` keeps the output back and returns it.
 * @returns {Promise<{ code: number, output: string }>} `code` is 127 when the program does not exist, 128 and more when a signal ended it.
 */
export function run(program, args, { cwd, env = process.env, quiet = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, shell, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' })
    running.add(child)
    child.on('close', () => running.delete(child))
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8')
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => resolve({ code: 127, output: `${program} cannot be started: ${error.message}` }))
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === null ? 1 : 130), output }))
  })
}

/**
 * Says every ten seconds that work goes on, until the function it gives is called.
 *
 * @param {(elapsed: number) => string} text from the seconds since the start
 */
export function heartbeat(text) {
  const began = performance.now()
  const timer = setInterval(() => say(`  … ${text(Math.round((performance.now() - began) / 1000))}`), 10_000)
  return () => clearInterval(timer)
}

/** The text indented by two blanks, so that it stands apart from the lines around it. @param {string} text */
export function indented(text) {
  return text.trimEnd().replace(/^/gm, '  ')
}
