import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { receivedAnswer } from '../answers.ts'
import { failures } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { factsBody } from '../requests.ts'

/** Facts in, from programs. */
export function factRoutes(parts: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/facts',
      {
        schema: {
          operationId: 'addFacts',
          summary: 'Adds facts to the log',
          description: 'All of them or, where one is not valid, none. Sending the same facts again changes nothing.',
          tags: ['facts'],
          body: factsBody,
          response: { 200: receivedAnswer, ...failures('foreign-origin', 'not-json', 'too-large') },
        },
      },
      async (request) => {
        const { added, repeated } = await parts.receive(request.body.facts)
        return { added, repeated }
      },
    )
  }
}
