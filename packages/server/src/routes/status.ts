import { dayOf } from '@throughline/core'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { statusAnswer } from '../answers.ts'
import { failures } from '../errors.ts'
import type { Parts } from '../parts.ts'

/** Where the data stands, and whose it is. */
export function statusRoutes(parts: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/status',
      {
        schema: {
          operationId: 'getStatus',
          summary: 'Where the data stands, and whose it is',
          tags: ['status'],
          response: { 200: statusAnswer, ...failures() },
        },
      },
      async () => {
        const { organisation, stageLabels, facts, checkpoint, lag, rebuildDue, version } = await parts.status()
        return {
          company: organisation.name,
          zone: organisation.zone.name,
          currency: organisation.currency,
          stageLabels: [...stageLabels],
          facts,
          asOf: checkpoint?.asOf ?? null,
          asOfDay: checkpoint ? dayOf(organisation.zone, checkpoint.asOf) : null,
          rulesVersion: checkpoint?.rulesVersion ?? null,
          checkpoint: checkpoint?.publishedSeq ?? null,
          lag,
          rebuildDue,
          version,
        }
      },
    )
  }
}
