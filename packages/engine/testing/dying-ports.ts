import type { Mart, Store } from '../src/ports.ts'

/** What every call of a process throws once it is dead. */
export class DeadProcessError extends Error {
  override readonly name = 'DeadProcessError'
  constructor() {
    super('this process was ended by the test')
  }
}

/** When a process dies: at which call of a port, counted over all processes, and whether that call still has its effect. */
export type Death = Readonly<{ call: number; afterEffect: boolean }>

/** Counts the calls of ports, and ends the process that makes a fatal one. */
export type Reaper = {
  calls: number
  /** Deaths that are still to come. */
  deaths: readonly Death[]
  /** Calls at which a process died. */
  readonly died: number[]
}

/** The ports of one process. A page of something that is read page by page is a call, too. */
export function mortal(store: Store, mart: Mart, reaper: Reaper): Readonly<{ store: Store; mart: Mart }> {
  let dead = false

  async function step<T>(work: () => Promise<T>): Promise<T> {
    if (dead) throw new DeadProcessError()
    const call = ++reaper.calls
    const death = reaper.deaths.find((one) => one.call === call)
    if (!death) return work()
    dead = true
    reaper.died.push(call)
    if (death.afterEffect) await work()
    throw new DeadProcessError()
  }

  async function* pages<T>(all: AsyncIterable<T>): AsyncGenerator<T> {
    const reading = all[Symbol.asyncIterator]()
    for (let page = await step(() => reading.next()); !page.done; page = await step(() => reading.next()))
      yield page.value
  }

  const livingStore = wrapped(store, (name, call) => {
    if (name === 'readLinks') return pages(call() as ReturnType<Store['readLinks']>)
    return step(async () => call())
  })
  const livingMart = wrapped(mart, (name, call) =>
    step(async () => {
      const result = await call()
      return name === 'build'
        ? { ...(result as object), wakes: pages((result as { wakes: AsyncIterable<unknown> }).wakes) }
        : result
    }),
  )
  return { store: livingStore, mart: livingMart }
}

/** The port with every call made through `around`. */
function wrapped<P extends object>(port: P, around: (name: string, call: () => unknown) => unknown): P {
  return new Proxy(port, {
    get(target, name) {
      const method = Reflect.get(target, name)
      if (typeof method !== 'function' || typeof name !== 'string') return method
      return (...given: unknown[]) => around(name, () => Reflect.apply(method, target, given))
    },
  })
}
