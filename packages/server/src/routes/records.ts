import type { EngagementId, PersonKey } from '@throughline/core'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { accountAnswer, explanationAnswer, opportunityAnswer, usersAnswer } from '../answers.ts'
import { failures, RequestRefused } from '../errors.ts'
import type { OpportunityStory, Parts } from '../parts.ts'
import { namesFor, peopleIn, recordKeys, showAccount, showExplanation, showStory } from '../presentation.ts'
import { attributionBody, recordPath } from '../requests.ts'

/** Opportunities and their attribution by hand, accounts, users, and the reason for any derived record. */
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
      async (request) => showOpportunityPage(parts, request.params.id),
    )

    app.post(
      '/opportunities/:id/attribution',
      {
        schema: {
          operationId: 'attributeOpportunity',
          summary: 'Attributes an opportunity by hand, or lets the rules choose again',
          description:
            'Adds a fact to the log; nothing is overwritten. With `person`, the opportunity is attributed to the named activation of that person, or else to their current one. Without, it is chosen by the rules again. Sending the same `key` again changes nothing.',
          tags: ['opportunities'],
          params: recordPath,
          body: attributionBody,
          response: { 200: opportunityAnswer, ...failures('not-found', 'foreign-origin', 'not-json', 'too-large') },
        },
      },
      async (request) => {
        const { id } = request.params
        const story = await parts.opportunity(id)
        if (!story) throw noSuchOpportunity(id)
        const { person, activation, ...rest } = request.body
        checkChoice(story, person, activation)
        if (!(await parts.users()).some((user) => user.id === rest.by && !user.queue))
          throw new RequestRefused(
            'invalid-request',
            `The request is not valid at by: there is no user "${rest.by}".`,
            {
              remedy: 'Name a user of /api/v1/users who is no queue.',
              issues: [{ path: 'by', message: 'is no known user' }],
            },
          )
        await parts.attribute({
          opportunity: id,
          ...rest,
          ...(person && { person }),
          ...(activation && { activation }),
        })
        return showOpportunityPage(parts, id)
      },
    )

    app.get(
      '/accounts/:id',
      {
        schema: {
          operationId: 'getAccount',
          summary: 'An account: people, journeys, opportunities, amounts, engagements by month',
          tags: ['accounts'],
          params: recordPath,
          response: { 200: accountAnswer, ...failures('not-found', 'not-ready') },
        },
      },
      async (request) => {
        const story = await parts.account(request.params.id)
        if (!story)
          throw new RequestRefused('not-found', `There is no account "${request.params.id}".`, {
            remedy: "Use the account's id in the source system.",
          })
        const keys = new Set<PersonKey>(story.people.flatMap(({ person }) => recordKeys(person)))
        for (const { person } of story.journeys) if (person) keys.add(person)
        return showAccount(story, await parts.profiles.get([...keys]), await parts.status())
      },
    )

    app.get(
      '/users',
      {
        schema: {
          operationId: 'listUsers',
          summary: 'Users and queues, by name',
          tags: ['accounts'],
          response: { 200: usersAnswer, ...failures() },
        },
      },
      async () => ({ users: [...(await parts.users())] }),
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
        const profiles = await parts.profiles.get(peopleIn(explanation))
        const said = JSON.stringify(explanation)
        const users = (await parts.users()).filter(({ id }) => said.includes(`"${id}"`))
        return showExplanation(explanation, namesFor(profiles, users), await parts.status())
      },
    )
  }
}

/** What the page of an opportunity shows now. */
async function showOpportunityPage(parts: Parts, id: string) {
  const story = await parts.opportunity(id)
  if (!story) throw noSuchOpportunity(id)
  const keys = new Set<PersonKey>(story.opportunity.contactRoles.map(({ contact }) => `contact:${contact}` as const))
  for (const fact of story.history) if ('contact' in fact) keys.add(`contact:${fact.contact}`)
  for (const { engagement } of [...(story.attribution ? [story.attribution] : []), ...story.journeys]) {
    if (engagement.contact) keys.add(`contact:${engagement.contact}`)
    if (engagement.lead) keys.add(`lead:${engagement.lead}`)
  }
  return showStory(story, await parts.profiles.get([...keys]), await parts.status())
}

/** [L9] Only an activation of somebody with a contact role on the opportunity can be chosen by hand. */
function checkChoice(story: OpportunityStory, person: PersonKey | undefined, activation: EngagementId | undefined) {
  const refuse = (path: string, message: string, remedy: string) => {
    throw new RequestRefused('invalid-request', `The request is not valid at ${path}: ${message}.`, {
      remedy,
      issues: [{ path, message }],
    })
  }
  if (person === undefined) {
    if (activation !== undefined) refuse('activation', 'is given without a person', 'Name the person whose it is.')
    return
  }
  const found = Object.values(story.people).find((one) => one.id === person || recordKeys(one).includes(person))
  if (!found)
    return refuse(
      'person',
      `${person} has no contact role on the opportunity`,
      'Name somebody of the buying group, or add the contact role in the CRM first.',
    )
  const theirs = story.choices.filter(({ journey }) => journey.person === found.id)
  if (theirs.length === 0 || (activation && !theirs.some(({ journey }) => journey.id === activation)))
    refuse(
      activation ? 'activation' : 'person',
      activation ? `${activation} is no activation of ${person}` : `${person} has no activation`,
      'Choose one of the activations that the opportunity lists.',
    )
}

function noSuchOpportunity(id: string): RequestRefused {
  return new RequestRefused('not-found', `There is no opportunity "${id}".`, {
    remedy: "Use the opportunity's id in the source system.",
  })
}
