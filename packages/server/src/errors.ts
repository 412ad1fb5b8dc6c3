import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'

/** Every way a request can fail, with its HTTP status. Nowhere else are there status numbers. */
export const STATUS = {
  'invalid-request': 400,
  'foreign-origin': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  'not-json': 415,
  'foreign-host': 421,
  'too-many-requests': 429,
  internal: 500,
  'not-ready': 503,
} as const

/** A way to fail, as programs read it. */
export type ErrorCode = keyof typeof STATUS

const issue = z.object({
  path: z.string().describe('Where in the request, such as `facts[3].occurredAt` or `query.from`.'),
  message: z.string(),
})

/** The one shape in which the API says that something went wrong. */
export const errorAnswer = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(STATUS) as [ErrorCode, ...ErrorCode[]]),
      message: z.string().describe('What is wrong, and where.'),
      remedy: z.string().optional().describe('What to do about it.'),
      issues: z.array(issue).optional(),
    }),
  })
  .describe('What went wrong, where, and what to do about it.')

type Issue = z.output<typeof issue>

/** What every request can fail with. */
const ALWAYS: readonly ErrorCode[] = ['invalid-request', 'foreign-host', 'too-many-requests', 'internal']

/** The ways a route can fail, for its documentation: those every route has, and its own. */
export function failures<Code extends ErrorCode = never>(
  ...own: readonly Code[]
): Record<(typeof STATUS)[Code] | 400 | 421 | 429 | 500, typeof errorAnswer> {
  const answers: Record<number, typeof errorAnswer> = {}
  for (const code of [...ALWAYS, ...own]) answers[STATUS[code]] = errorAnswer
  return answers as Record<(typeof STATUS)[Code] | 400 | 421 | 429 | 500, typeof errorAnswer>
}

/** A request that cannot be served, and why. */
export class RequestRefused extends Error {
  readonly code: ErrorCode
  readonly remedy: string | undefined
  readonly issues: readonly Issue[] | undefined

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<{ remedy?: string; issues?: readonly Issue[] }> = {},
  ) {
    super(message)
    this.name = 'RequestRefused'
    this.code = code
    this.remedy = details.remedy
    this.issues = details.issues
  }
}

/** Fastify's own failures, in our words. */
const FROM_FASTIFY: Readonly<Record<string, readonly [ErrorCode, remedy: string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['not-json', 'Send the body with `Content-Type: application/json`.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'Send fewer facts in one request.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid-request', 'Send a JSON body.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', 'Send a body that is valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-request', 'Send the `Content-Length` of the body, or none.'],
  FST_ERR_MAX_PARAM_LENGTH: ['invalid-request', 'Shorten the id in the address.'],
  FST_ERR_BAD_URL: ['invalid-request', 'Percent-encode the address.'],
}

/** Failures of the parts behind the routes, by their code. */
const FROM_PARTS: Readonly<Record<string, readonly [ErrorCode, remedy: string]>> = {
  'invalid-parameter': ['invalid-request', 'See /api/v1/reports for what the report takes.'],
  'unknown-report': ['not-found', 'See /api/v1/reports for the reports there are.'],
  'no-such-world': ['not-ready', 'Import facts and run `throughline rebuild`.'],
}

/** Sends every failure in the one shape. Failures that are nobody's request are logged and told without details. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => send(toRefusal(error, request), reply))
}

/** Writes a refusal as the answer. */
export function send(refused: RequestRefused, reply: FastifyReply): FastifyReply {
  const { code, message, remedy, issues } = refused
  return reply
    .code(STATUS[code])
    .type('application/json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send({ error: { code, message, ...(remedy && { remedy }), ...(issues && { issues }) } })
}

function toRefusal(error: FastifyError, request: FastifyRequest): RequestRefused {
  if (error instanceof RequestRefused) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map((found) => ({
      path: placeOf(error.validationContext ?? 'body', found.instancePath),
      message: found.message ?? 'not valid',
    }))
    const first = issues[0]
    return new RequestRefused('invalid-request', `The request is not valid at ${first?.path}: ${first?.message}`, {
      remedy: 'Compare the request with /api/v1/openapi.json.',
      issues: issues.slice(0, 100),
    })
  }
  const known = FROM_FASTIFY[error.code] ?? FROM_PARTS[error.code]
  if (known) return new RequestRefused(known[0], error.message, { remedy: known[1] })
  if (error.statusCode === STATUS['too-many-requests'])
    return new RequestRefused('too-many-requests', 'Too many requests from this address.', {
      remedy: 'Wait for the seconds that the Retry-After header tells, then go on.',
    })
  // Paths that lead out of the served folder, and such: the plugin that serves files refuses them.
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new RequestRefused('not-found', `There is nothing at ${request.method} ${request.url.split('?')[0]}.`, {
      remedy: 'See /api/v1/openapi.json for what there is.',
    })
  const cause = isResponseSerializationError(error) ? error.cause : error
  request.log.error({ err: cause }, 'request failed')
  return new RequestRefused('internal', 'The server failed to answer.', {
    remedy: `Look for request ${request.id} in the server's log.`,
  })
}

/** `/facts/3/occurredAt` of a body as `facts[3].occurredAt`; of a query as `query.…`. */
function placeOf(part: string, pointer: string): string {
  const steps = pointer.split('/').filter((step) => step !== '')
  const place = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('')
  if (part === 'body') return place.replace(/^\./, '') || 'the body'
  return `${part === 'querystring' ? 'query' : 'path'}${place}`
}
