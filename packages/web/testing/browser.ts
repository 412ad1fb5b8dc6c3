import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import type { AppOptions } from '../../server/src/app.ts'
import { createApp } from '../../server/src/app.ts'
import type { Parts } from '../../server/src/parts.ts'

const CHROMIUM = process.env.THROUGHLINE_TEST_CHROMIUM ?? '/usr/bin/chromium'
const ARGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

/** Why no browser can be driven here; undefined where one can. */
export const NO_BROWSER = existsSync(CHROMIUM)
  ? undefined
  : `Chromium is not installed at ${CHROMIUM} (on Debian: apt-get install chromium; elsewhere set THROUGHLINE_TEST_CHROMIUM)`

/** The pages as they are now, served on the given parts, and a browser beside them. */
export type Stage = Readonly<{
  origin: string
  browser: Browser
  webDir: string
  /** A fresh window of that width. What goes wrong in it is noted in `trouble`. */
  open(width: number, options?: Parameters<Browser['newContext']>[0]): Promise<Window>
  close(): Promise<void>
}>

/** `trouble`: errors on the console, uncaught errors, and requests to anywhere but the server. */
export type Window = Readonly<{ page: Page; context: BrowserContext; trouble: string[] }>

/** Builds the pages, starts the server on a free port of loopback, and starts the browser. */
export async function setStage(parts: Parts, options: AppOptions = {}): Promise<Stage> {
  const webDir = await mkdtemp(join(tmpdir(), 'throughline-pages-'))
  await build({
    root: resolve(import.meta.dirname, '..'),
    configFile: resolve(import.meta.dirname, '../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: webDir, emptyOutDir: true },
  })
  const app = await createApp(parts, { webDir, requestsPerMinute: 0, ...options })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS.split(' ') })
  return {
    origin,
    browser,
    webDir,
    async open(width, contextOptions) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, ...contextOptions })
      // Two cores may be shared with other work: slow is not broken.
      context.setDefaultTimeout(20_000)
      const page = await context.newPage()
      const trouble: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') trouble.push(message.text())
      })
      page.on('pageerror', (error) => trouble.push(error.message))
      page.on('request', (request) => {
        if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:'))
          trouble.push(`request to ${request.url()}`)
      })
      return { page, context, trouble }
    },
    async close() {
      await browser.close()
      await app.close()
      await rm(webDir, { recursive: true, force: true })
    },
  }
}
