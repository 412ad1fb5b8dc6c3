import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { healthAnswer } from './answers.ts'
import { answerErrors } from './errors.ts'
import { addGuards, LOOPBACK_HOSTS } from './guards.ts'
import { servePages } from './pages.ts'
import type { Parts } from './parts.ts'
import { factRoutes } from './routes/facts.ts'
import { peopleRoutes } from './routes/people.ts'
import { recordRoutes } from './routes/records.ts'
import { reportRoutes } from './routes/reports.ts'
import { statusRoutes } from './routes/status.ts'

const MEGABYTE = 1024 * 1024

/** How the server is set up. */
export type AppOptions = Readonly<{
  /** Directory of the built web app; left out: the API alone. */
  webDir?: string
  /**
   * Host names to answer for, without port. Default: this machine's own names, right for a server bound to
   * loopback. One that other machines reach names its own, or says `any` and relies on what stands before it.
   */
  hosts?: readonly string[] | 'any'
  /** Requests a minute from one address; 0: no limit. Default 6,000. */
  requestsPerMinute?: number
  /** Longest body taken, in bytes. Default 8 MiB. */
  bodyLimit?: number
  /** Fastify's logger; addresses and headers are not logged. Default: none. */
  logger?: FastifyServerOptions['logger']
}>

/** The HTTP face: the API under `/api/v1`, and the pages. The caller binds it; by default it answers for loopback. */
export async function createApp(parts: Parts, options: AppOptions = {}): Promise<FastifyInstance> {
  const app = Fastify({
    logger: options.logger ?? false,
    bodyLimit: options.bodyLimit ?? 8 * MEGABYTE,
    routerOptions: { maxParamLength: 1000 },
    trustProxy: false,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.removeContentTypeParser('text/plain')
  answerErrors(app)

  await addGuards(app, {
    hosts: options.hosts ?? LOOPBACK_HOSTS,
    requestsPerMinute: options.requestsPerMinute ?? 6000,
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Throughline',
        version: '1',
        description: 'Journeys, engagements and reports, with the reason for each.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: outputsOnly(jsonSchemaTransformObject),
  })

  await app.register(
    async (api) => {
      for (const routes of [statusRoutes, reportRoutes, peopleRoutes, recordRoutes, factRoutes])
        await api.register(routes(parts))
      api.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
      api.addHook('onSend', async (_request, reply) => {
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
      })
    },
    { prefix: '/api/v1' },
  )
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'Whether the server answers',
        tags: ['status'],
        response: { 200: healthAnswer },
      },
    },
    async () => ({ status: 'ok' as const }),
  )
  await servePages(app, options.webDir)
  return app
}

/** The OpenAPI document, without serving anything. */
export async function openApiDocument(): Promise<unknown> {
  const app = await createApp(unusedParts, { requestsPerMinute: 0 })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}

/** Parts that documentation needs and never asks anything of. */
const unusedParts = { reports: { list: () => [] } } as unknown as Parts

type TransformObject = typeof jsonSchemaTransformObject

/** Without the twin of each named answer that describes it as a request: nobody sends answers. */
function outputsOnly(transform: TransformObject): TransformObject {
  return (documents) => {
    const document = transform(documents) as { components?: { schemas?: Record<string, unknown> } }
    const schemas = document.components?.schemas ?? {}
    for (const name of Object.keys(schemas)) if (name.endsWith('Input')) delete schemas[name]
    return document as ReturnType<TransformObject>
  }
}
