import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createApp } from '@throughline/server'
import type { Config } from '../config.ts'
import { type House, openHouse, useRulesFile } from '../house.ts'
import type { Progress } from '../progress.ts'
import { serverParts } from '../server-parts.ts'

export type ServeOptions = Readonly<{ port: number; host: string; version: string; rules?: string | undefined }>

/** Addresses that stand for every address of the machine: any host name may lead here. */
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/** How often the house looks for work that time or another process has made due. */
const TICK_MS = 1000

/** Opens the house, brings it up to date and serves it until the process is told to stop. */
export async function serve(
  config: Config,
  options: ServeOptions,
  progress: Progress,
  say: (line: string) => void,
): Promise<void> {
  const house = await openHouse(config)
  try {
    await useRulesFile(house, options.rules)
    await house.engine.catchUp(({ step, done, of }) => progress.at(step, done, of))
    progress.done()
    await listen(house, options, say)
  } catch (error) {
    await house.close()
    throw error
  }
}

/** Serves an open house, and closes it when the process is told to stop. */
export async function listen(house: House, options: ServeOptions, say: (line: string) => void): Promise<void> {
  const loopback = ['127.0.0.1', '::1', 'localhost'].includes(options.host)
  const app = await createApp(serverParts(house, options.version), {
    webDir: fileURLToPath(new URL('./web/', import.meta.url)),
    // Bugs alone: no addresses, no requests.
    logger: { level: 'error', stream: process.stderr },
    ...(!loopback && { hosts: WILDCARDS.has(options.host) ? ('any' as const) : [options.host] }),
  })
  await app.listen({ port: options.port, host: options.host })
  const { address, port } = app.server.address() as AddressInfo
  say(`Throughline is ready at http://${address.includes(':') ? `[${address}]` : address}:${port}/`)
  if (!loopback)
    say('It is open to other machines, and anybody who reaches it can read everything: there is no sign-in yet.')

  const timer = setInterval(() => {
    house.engine
      .catchUp()
      .catch((error: unknown) => say(`Could not catch up: ${error instanceof Error ? error.message : error}`))
  }, TICK_MS)
  await new Promise<void>((resolve) => {
    const stop = () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
  clearInterval(timer)
  say('Stopping.')
  await app.close()
  await house.engine.settle()
  await house.close()
}
