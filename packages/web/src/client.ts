import { type Query, QueryClient, queryOptions } from '@tanstack/react-query'
import createClient from 'openapi-fetch'
import type { components, operations, paths } from './api.d.ts'

/** The API's answers and questions, by the names the pages use for them. */
type Schemas = components['schemas']
/** Where the data stands. */
export type Status = Schemas['Status']
/** A report's table, and what its figures are. */
export type Report = Schemas['Report']
/** What a column of a report holds. */
export type Column = Schemas['Column']
/** A line of a report. */
export type Row = Report['rows'][number]
/** What a report answers, and what it can be asked. */
export type ReportDescription = Schemas['ReportList']['reports'][number]
/** One page of the list of people. */
export type People = Schemas['People']
/** A person in a list. */
export type PersonLine = Schemas['PersonLine']
/** A person's page. */
export type Person = Schemas['Person']
/** A journey with what influenced it. */
export type Journey = Schemas['Journey']
/** An interaction that matters. */
export type Engagement = Schemas['Engagement']
/** A stage, reached or not. */
export type Stamp = Schemas['Stamp']
/** An opportunity in a list. */
export type OpportunityLine = Schemas['OpportunityLine']
/** An opportunity's page. */
export type Opportunity = Schemas['Opportunity']
/** A fact as an entry of a history. */
export type HistoryEntry = Schemas['History']
/** An account's page. */
export type Account = Schemas['Account']
/** A user or a queue. */
export type User = Schemas['Users']['users'][number]
/** A choice of an attribution by hand. */
export type AttributionChoice = NonNullable<
  operations['attributeOpportunity']['requestBody']
>['content']['application/json']
/** Why a record is as it is. */
export type Explanation = Schemas['Explanation']
/** What may be asked of a report. */
export type ReportQuery = NonNullable<operations['runReport']['parameters']['query']>
/** What may be asked of the list of people. */
export type PeopleQuery = NonNullable<operations['listPeople']['parameters']['query']>

const client = createClient<paths>({ baseUrl: '' })

/** The server said no, or could not be reached. `remedy` says what to do about it. */
export class RequestFailed extends Error {
  readonly code: string
  readonly remedy: string | undefined

  constructor(code: string, message: string, remedy?: string) {
    super(message)
    this.name = 'RequestFailed'
    this.code = code
    this.remedy = remedy
  }
}

type Answer<Data> = { data?: Data; error?: unknown; response: Response }

async function ask<Data>(request: Promise<Answer<Data>>): Promise<Data> {
  let answer: Answer<Data>
  try {
    answer = await request
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new RequestFailed(
      'unreachable',
      'The server does not answer.',
      'See whether it is still running, then retry.',
    )
  }
  const { data, error, response } = answer
  if (data !== undefined && response.ok) return data
  const said = (error as Partial<Schemas['Error']> | undefined)?.error
  throw new RequestFailed(
    said?.code ?? 'internal',
    said?.message ?? `The server answered ${response.status}.`,
    said?.remedy,
  )
}

/** While a table or list is asked for with other filters, the rows it had stay; a record never stands in for another. */
function keepLists(previous: unknown, query: Query | undefined): unknown {
  return query?.queryKey[0] === 'report' || query?.queryKey[0] === 'people' ? previous : undefined
}

/** Remembers answers until newer data is in: then everything on the page is asked for again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      placeholderData: keepLists,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && error instanceof RequestFailed && error.code === 'unreachable',
    },
  },
})

/** Where the data stands; asked for again every few seconds, so that pages notice what arrives. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => ask(client.GET('/api/v1/status', { signal })),
  staleTime: 0,
  refetchInterval: 10_000,
})

/** The reports there are. */
export const reportListQuery = queryOptions({
  queryKey: ['reports'],
  queryFn: ({ signal }) => ask(client.GET('/api/v1/reports', { signal })).then(({ reports }) => reports),
  staleTime: Number.POSITIVE_INFINITY,
})

/** A report's figures. */
export const reportQuery = (name: string, query: ReportQuery) =>
  queryOptions({
    queryKey: ['report', name, query],
    queryFn: ({ signal }) =>
      ask(client.GET('/api/v1/reports/{name}', { params: { path: { name }, query }, signal })).then(
        (answer) => answer as Report,
      ),
  })

/** A page of the list of people. */
export const peopleQuery = (query: PeopleQuery) =>
  queryOptions({
    queryKey: ['people', query],
    queryFn: ({ signal }) => ask(client.GET('/api/v1/people', { params: { query }, signal })),
  })

/** Everybody who owns people. */
export const ownersQuery = queryOptions({
  queryKey: ['owners'],
  queryFn: ({ signal }) => ask(client.GET('/api/v1/people/owners', { signal })),
})

/** A person's timeline. */
export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['person', id],
    queryFn: ({ signal }) => ask(client.GET('/api/v1/people/{id}', { params: { path: { id } }, signal })),
  })

/** An opportunity's story. */
export const opportunityQuery = (id: string) =>
  queryOptions({
    queryKey: ['opportunity', id],
    queryFn: ({ signal }) => ask(client.GET('/api/v1/opportunities/{id}', { params: { path: { id } }, signal })),
  })

/** Sets an opportunity's attribution by hand, or gives it back to the rules. What else shows it is asked for again. */
export async function attribute(id: string, choice: AttributionChoice): Promise<Opportunity> {
  const changed = await ask(
    client.POST('/api/v1/opportunities/{id}/attribution', { params: { path: { id } }, body: choice }),
  )
  queryClient.setQueryData(opportunityQuery(id).queryKey, changed)
  void queryClient.invalidateQueries({
    predicate: ({ queryKey: [kind, of] }) => kind !== 'status' && !(kind === 'opportunity' && of === id),
  })
  return changed
}

/** An account's story. */
export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id],
    queryFn: ({ signal }) => ask(client.GET('/api/v1/accounts/{id}', { params: { path: { id } }, signal })),
  })

/** Users and queues, by name. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => ask(client.GET('/api/v1/users', { signal })).then(({ users }) => users),
})

/** Why a record is as it is. */
export const explainQuery = (id: string) =>
  queryOptions({
    queryKey: ['explain', id],
    queryFn: ({ signal }) => ask(client.GET('/api/v1/explain/{id}', { params: { path: { id } }, signal })),
  })

/** Where a report can be fetched as a file for spreadsheets. */
export function csvAddress(name: string, query: ReportQuery): string {
  const parameters = new URLSearchParams({ format: 'csv' })
  for (const [key, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) parameters.append(key, String(one))
  return `/api/v1/reports/${encodeURIComponent(name)}?${parameters}`
}
