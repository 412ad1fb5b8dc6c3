import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ownersAnswer, peopleAnswer, personAnswer } from '../answers.ts'
import { failures, RequestRefused } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { recordKeys, showLine, showPerson } from '../presentation.ts'
import { peopleQuery, personPath } from '../requests.ts'

/** Most records that a search looks at; a search that finds more says so. */
const MOST_FOUND = 2000

/** The list of people, who owns them, and each one's timeline. */
export function peopleRoutes(parts: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/people',
      {
        schema: {
          operationId: 'listPeople',
          summary: 'People, searched, filtered and sorted',
          tags: ['people'],
          querystring: peopleQuery,
          response: { 200: peopleAnswer, ...failures() },
        },
      },
      async (request) => {
        const { q, state, owner, account, sort, descending, page, size } = request.query
        const records = q ? await parts.profiles.search(q, MOST_FOUND) : undefined
        const { lines, total } = await parts.people.list({
          ...(records && { records }),
          ...(state && { state }),
          ...(owner && { owner }),
          ...(account && { account }),
          sort,
          descending,
          offset: (page - 1) * size,
          limit: size,
        })
        const profiles = await parts.profiles.get(lines.flatMap(({ person }) => recordKeys(person)))
        const setting = await parts.status()
        return {
          people: lines.map((line) => showLine(line, profiles, setting)),
          total,
          page,
          size,
          searchCut: records !== undefined && records.length >= MOST_FOUND,
        }
      },
    )

    app.get(
      '/people/owners',
      {
        schema: {
          operationId: 'listOwners',
          summary: 'Everybody who owns people',
          tags: ['people'],
          response: { 200: ownersAnswer, ...failures() },
        },
      },
      async () => ({ owners: [...(await parts.people.owners())] }),
    )

    app.get(
      '/people/:id',
      {
        schema: {
          operationId: 'getPerson',
          summary: "A person's timeline: journeys, engagements, interactions, opportunities",
          tags: ['people'],
          params: personPath,
          response: { 200: personAnswer, ...failures('not-found') },
        },
      },
      async (request) => {
        const timeline = await parts.people.timeline(request.params.id)
        if (!timeline)
          throw new RequestRefused('not-found', `Nobody is known as "${request.params.id}".`, {
            remedy: 'Look the person up in /api/v1/people; ids look like `lead:00Q…` or `contact:003…`.',
          })
        const profiles = await parts.profiles.get(recordKeys(timeline.person))
        return showPerson(timeline, profiles, await parts.status())
      },
    )
  }
}
