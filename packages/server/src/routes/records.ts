import type { PersonKey } from '@throughline/core'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { explanationAnswer, opportunityAnswer } from '../answers.ts'
import { failures, RequestRefused } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { showExplanation, showStory } from '../presentation.ts'
import { recordPath } from '../requests.ts'

/** One opportunity's story, and the reason for any derived record. */
export function recordRoutes(parts: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/opportunities/:id',
      {
        schema: {
          operationId: 'getOpportunity',
          summary: 'An opportunity: stages, attribution activation, buying group',
          tags: ['opportunities'],
          params: recordPath,
          response: { 200: opportunityAnswer, ...failures('not-found') },
        },
      },
      async (request) => {
        const story = await parts.opportunity(request.params.id)
        if (!story)
          throw new RequestRefused('not-found', `There is no opportunity "${request.params.id}".`, {
            remedy: "Use the opportunity's id in the source system.",
          })
        const keys = new Set<PersonKey>(
          story.opportunity.contactRoles.map(({ contact }) => `contact:${contact}` as const),
        )
        for (const engagement of [story.attribution, ...story.journeys.map((journey) => journey.engagement)]) {
          if (engagement?.contact) keys.add(`contact:${engagement.contact}`)
          if (engagement?.lead) keys.add(`lead:${engagement.lead}`)
        }
        return showStory(story, await parts.profiles.get([...keys]), await parts.status())
      },
    )

    app.get(
      '/explain/:id',
      {
        schema: {
          operationId: 'explain',
          summary:
            'Why a record is as it is or not there: the rule, the facts, the alternatives that lost, what would change it',
          description:
            'Ids: an engagement or journey `eng:…` and its parts `#values`, `#stage-1` to `#stage-6`, `#completion`, `#primary-opportunity`; an opportunity `opportunity:…` and its `#stage-4` to `#stage-6`, `#attribution-activation`; a person `lead:…` or `contact:…`, with `#next` what their next interaction would become; an interaction `int:…`. Percent-encode the id.',
          tags: ['explain'],
          params: recordPath,
          response: { 200: explanationAnswer, ...failures('not-found') },
        },
      },
      async (request) => {
        const explanation = await parts.explain(request.params.id)
        if (!explanation)
          throw new RequestRefused('not-found', `Nothing is known as "${request.params.id}".`, {
            remedy:
              'Use the id of an engagement, interaction, opportunity or person, or a part of it, as the API gives it.',
          })
        return showExplanation(explanation, await parts.status())
      },
    )
  }
}
