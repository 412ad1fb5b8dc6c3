import type { Instant } from './facts.ts'

/** Something that happens by the passing of time alone. */
export type Timer = Readonly<{
  at: Instant
  /** Among timers of one instant, fallbacks are decided before silence ends journeys. */
  kind: 'fallback' | 'dormancy'
  /** Breaks the remaining ties. */
  id: string
  fire: () => void
}>

/** Pending timers of one cluster as a binary heap: the earliest is at index 0. */
export type Timers = Timer[]

export function addTimer(heap: Timers, timer: Timer): void {
  let index = heap.push(timer) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!isBefore(timer, heap[parent] as Timer)) break
    heap[index] = heap[parent] as Timer
    index = parent
  }
  heap[index] = timer
}

/** Removes and gives the earliest. */
export function takeTimer(heap: Timers): Timer | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (!last || heap.length === 0) return first
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer)) child++
    if (!isBefore(heap[child] as Timer, last)) break
    heap[index] = heap[child] as Timer
    index = child
  }
  heap[index] = last
  return first
}

function isBefore(a: Timer, b: Timer): boolean {
  if (a.at !== b.at) return a.at < b.at
  if (a.kind !== b.kind) return a.kind === 'fallback'
  return a.id < b.id
}
