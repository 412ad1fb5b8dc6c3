import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { RequestRefused, send } from './errors.ts'

const YEAR_S = 31_536_000

/**
 * Serves the built web app. Files under `assets/` bear a hash of their content in their names and may be kept
 * for ever; the page itself is asked for anew each time. Addresses that are views of the app get the page.
 */
export async function servePages(app: FastifyInstance, webDir: string | undefined): Promise<void> {
  if (webDir !== undefined)
    await app.register(fastifyStatic, {
      root: webDir,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = path.startsWith(join(webDir, 'assets'))
        reply.header('cache-control', hashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
      },
    })

  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (webDir !== undefined && wantsPage && !request.url.startsWith('/api/')) return reply.sendFile('index.html')
    return send(
      new RequestRefused('not-found', `There is nothing at ${request.method} ${request.url.split('?')[0]}.`, {
        remedy: 'See /api/v1/openapi.json for what there is.',
      }),
      reply,
    )
  })
}
