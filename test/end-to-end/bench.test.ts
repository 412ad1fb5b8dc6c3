import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryFolder } from './command-line.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BENCH = join(ROOT, 'scripts', 'bench.mjs')
const folder = temporaryFolder()

it('the benchmark measures what it is asked to and writes its page', () => {
  const page = join(folder, 'page.md')
  const only = ['--size', '10k', '--runs', '1', '--only', 'rebuild', '--out', page]
  const { status, stderr } = spawnSync(process.execPath, [BENCH, ...only], { cwd: ROOT, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  const text = readFileSync(page, 'utf8')
  expect(text).toMatch(/\| 10k \| from the store, 2 threads \| [\d.]+ \| [\d.]+ \|/)
  expect(text).toMatch(/\| import into SQLite \|.*\| not run \|/)
  const { rebuild } = JSON.parse(readFileSync(join(folder, 'page.json'), 'utf8'))['10k']
  for (const way of ['oneWorker', 'twoWorkers', 'again']) {
    expect(rebuild[way]).toHaveLength(1)
    expect(rebuild[way][0].facts).toBeGreaterThan(9000)
    expect(rebuild[way][0].cpu).toBeGreaterThan(0)
  }
}, 180_000)

it('the benchmark refuses what it does not know', () => {
  const { status, stderr } = spawnSync(process.execPath, [BENCH, '--size', '7k'], { cwd: ROOT, encoding: 'utf8' })
  expect(status).toBe(2)
  expect(stderr).toContain('There is no "7k"; there are 10k, 100k, 1m, 10m.')
})
