import type { Instant } from '@throughline/core'
import { DAY, MINUTE, SECOND } from './moments.ts'

/** What is still going to happen in one company, carried out in order of time. */
export type Agenda = {
  /** The moment that is being lived. */
  now: Instant
  plan(at: Instant, happen: (now: Instant) => void): void
  /** Lives until everything planned before `end` has happened. */
  run(end: Instant): void
}

type Entry = { at: Instant; order: number; happen: (now: Instant) => void }

/** An empty agenda. No two of its moments are equal, and none is the moment of the daily dormancy run. */
export function openAgenda(start: Instant): Agenda {
  const heap: Entry[] = []
  let order = 0
  const agenda: Agenda = {
    now: start,
    plan: (at, happen) => push(heap, { at, order: order++, happen }),
    run: (end) => {
      for (let next = pop(heap); next; next = pop(heap)) {
        let now = next.at > agenda.now ? next.at : agenda.now + SECOND
        if (now % DAY === 5 * MINUTE) now += SECOND
        if (now >= end) continue
        agenda.now = now
        next.happen(now)
      }
    },
  }
  return agenda
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.push(entry) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!isBefore(entry, heap[parent] as Entry)) break
    heap[index] = heap[parent] as Entry
    index = parent
  }
  heap[index] = entry
}

function pop(heap: Entry[]): Entry | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (!last || heap.length === 0) return first
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child++
    if (!isBefore(heap[child] as Entry, last)) break
    heap[index] = heap[child] as Entry
    index = child
  }
  heap[index] = last
  return first
}
