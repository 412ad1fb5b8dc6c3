import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { RequestRefused } from './errors.ts'

/** Names this machine calls itself. A page elsewhere cannot make a browser send them for its own address. */
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** Whom the server answers, and how often. */
export type GuardOptions = Readonly<{
  /** Host names under which requests are answered, without port; `any` where the network says who may come. */
  hosts: readonly string[] | 'any'
  /** Requests a minute from one address; 0: no limit. */
  requestsPerMinute: number
}>

/**
 * What every request must pass: it is meant for this host (against DNS rebinding), it was not set off by
 * another site's page (against request forgery), and there are not too many of them. Answers carry headers
 * that let pages load nothing from elsewhere and be framed by nobody.
 */
export async function addGuards(app: FastifyInstance, options: GuardOptions): Promise<void> {
  const hosts = options.hosts === 'any' ? undefined : new Set(options.hosts.map((host) => host.toLowerCase()))

  app.addHook('onRequest', async (request) => {
    const host = hostIn(request.headers.host)
    if (host === undefined || (hosts && !hosts.has(host.name)))
      throw new RequestRefused('foreign-host', `This server does not answer for the host "${request.headers.host}".`, {
        remedy: `Use one of ${[...(hosts ?? [])].join(', ')}, or start the server with that host allowed.`,
      })
    if (request.method === 'GET' || request.method === 'HEAD') return
    const origin = request.headers.origin
    const foreign =
      origin === undefined
        ? request.headers['sec-fetch-site'] === 'cross-site'
        : hostIn(origin.replace(/^https?:\/\//, ''))?.whole !== host.whole
    if (foreign)
      throw new RequestRefused('foreign-origin', `Changes may not come from the page of another site (${origin}).`, {
        remedy: 'Send the request from this app, or from a program that sends no Origin header.',
      })
  })

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Served over plain HTTP on loopback; a proxy that adds TLS adds this too.
    strictTransportSecurity: false,
  })

  if (options.requestsPerMinute > 0)
    await app.register(rateLimit, {
      max: options.requestsPerMinute,
      timeWindow: '1 minute',
      allowList: (request) => !request.url.startsWith('/api/'),
    })
}

/** A host header's name, and name with port; undefined where it is not one. */
function hostIn(header: string | undefined): Readonly<{ name: string; whole: string }> | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header ?? '')
  return match?.[1] ? { name: match[1].toLowerCase(), whole: match[0].toLowerCase() } : undefined
}
