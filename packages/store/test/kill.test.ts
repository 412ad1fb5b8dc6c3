import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Store } from '@throughline/engine'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../src/index.ts'
import { clustersByHand, statusOf } from '../testing/facts.ts'
import { live, NOW } from '../testing/opened.ts'
import { type FreshPlace, freshDatabase, freshFile, NO_POSTGRES, POSTGRES_URL } from '../testing/places.ts'

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url))

describe('a process that is killed', () => {
  let folder: string
  let program: string

  // Bundled as the product is, with the migrations beside it; where its native packages are found from.
  beforeAll(async () => {
    const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url))
    await mkdir(cache, { recursive: true })
    folder = await mkdtemp(join(cache, 'throughline-kill-'))
    program = join(folder, 'child.mjs')
    await build({
      entryPoints: [fileURLToPath(new URL('../testing/child.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['libsql', 'pg', 'fast-check'],
    })
    await cp(MIGRATIONS, join(folder, 'migrations'), { recursive: true })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  killTests('SQLite', 10, freshFile)
  if (POSTGRES_URL) killTests('PostgreSQL', 4, freshDatabase)
  else {
    console.warn(NO_POSTGRES)
    it.skip(NO_POSTGRES, () => {})
  }

  function killTests(title: string, rounds: number, fresh: () => Promise<FreshPlace>): void {
    // Starting processes is slow on a busy machine, and there are many of them.
    describe(`on ${title}`, { timeout: 180_000 }, () => {
      let here: FreshPlace
      beforeEach(async () => {
        here = await fresh()
      })
      afterEach(() => here.drop())

      it(`loses nothing it was told is safe and doubles nothing (${rounds} kills)`, async () => {
        let acknowledged = 0
        for (let round = 0; round < rounds; round++) {
          const said = await killed(['append', JSON.stringify(here.place), String(round)], 'appended', round)
          const batches = said.map((line) => line as { batch: number; ids: string[] })
          acknowledged += batches.length
          const store = await openStore(here.place)
          await quiet(store)
          const facts = (await store.readFacts(0, 1_000_000)).filter(({ body }) => body.includes(`${round}-`))
          const own = facts.map(({ body }) => JSON.parse(body)).filter(({ id }) => id.includes(`/${round}-`))
          const ids = new Set(own.map(({ id }) => id))
          // Whole batches: those that were acknowledged, and at most one whose acknowledgement was killed.
          expect(own).toHaveLength(ids.size)
          expect(batches.flatMap((batch) => batch.ids).filter((id) => !ids.has(id))).toEqual([])
          expect(ids.size % 40).toBe(0)
          expect([batches.length, batches.length + 1]).toContain(ids.size / 40)
          // With them their progress, people, and clusters.
          const last = ids.size / 40 - 1
          const progress = await store.importProgress(String(round))
          expect(progress?.state).toEqual(last < 0 ? undefined : { batch: last })
          expect(await store.profiles([`lead:${round}-${last}`, `lead:${round}-${last + 1}`])).toHaveProperty(
            'size',
            last < 0 ? 0 : 1,
          )
          const { seq, facts: count } = await store.position()
          expect(seq).toBe(count)
          for (const keys of clustersByHand(own)) {
            const clusters = new Set(await Promise.all([...keys].map((key) => store.clusterOf(key))))
            expect(clusters.size).toBe(1)
          }
          await store.close()
        }
        expect(acknowledged).toBeGreaterThan(rounds)
      })

      it(`publishes all or nothing (${rounds} kills)`, async () => {
        const store = await openStore(here.place)
        await live(store, ...Array.from({ length: 24 }, (_, n) => statusOf(`L${n}`, 1)))
        let published = 0
        for (let round = 0; round < rounds; round++) {
          const said = await killed(['work', JSON.stringify(here.place), String(round)], 'published', round)
          published += said.length
          await quiet(store)
          const counts = new Map<number, number>()
          for (const line of said as { cluster: number; count: number }[]) counts.set(line.cluster, line.count)
          const outbox = new Map((await store.readOutbox(1000)).map((entry) => [entry.record, entry.hash]))
          const order = (await store.publishedAfter(0, 1000)).map(({ cluster }) => cluster)
          expect(new Set(order).size).toBe(order.length)
          for (const [cluster, hashes] of await store.hashesOf(Array.from({ length: 24 }, (_, n) => n + 1))) {
            const count = Number(hashes[`eng:${cluster}`])
            expect(hashes).toEqual({ [`eng:${cluster}`]: String(count), [`per:${cluster}`]: String(count) })
            // The outbox says the same as the hashes, for both records.
            expect([outbox.get(`eng:${cluster}`), outbox.get(`per:${cluster}`)]).toEqual([String(count), String(count)])
            expect(order).toContain(cluster)
            const acknowledged = counts.get(cluster)
            if (acknowledged !== undefined) expect([acknowledged, acknowledged + 1]).toContain(count)
          }
        }
        expect(published).toBeGreaterThan(rounds)
        // Whatever the dead had claimed comes back.
        expect(await store.claim(NOW + 60_000, 100)).toHaveLength(24)
        await store.close()
      })
    })
  }

  /** Runs the child, kills it a little after something it said, and gives all it said. */
  async function killed(args: string[], word: string, round: number): Promise<unknown[]> {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    const said: unknown[] = []
    const lines = createInterface({ input: child.stdout })
    const gone = ended(child)
    let countdown: NodeJS.Timeout | undefined
    for await (const line of lines) {
      const space = line.indexOf(' ')
      if (line.slice(0, space) !== word) continue
      said.push(JSON.parse(line.slice(space + 1)))
      // In the midst of what follows some acknowledgement: another one and another moment in each round.
      if (said.length > (round * 5) % 16) countdown ??= setTimeout(() => child.kill('SIGKILL'), Math.random() * 25)
    }
    clearTimeout(countdown)
    expect(await gone).toBe('SIGKILL')
    return said
  }
})

/** Waits for the server to finish or undo what the dead process had asked for last: this needs the same lock. */
async function quiet(store: Store): Promise<void> {
  await store.pseudonymKey()
}

function ended(child: ChildProcess): Promise<NodeJS.Signals | number | null> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
}
