import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { factSchema } from '@throughline/engine'
import Ajv from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, openApiDocument } from '../src/app.ts'
import { fakeCompany } from './fake-company.ts'
import { fakeParts } from './fake-parts.ts'

const company = fakeCompany(60)
const parts = fakeParts(company)
let app: FastifyInstance

beforeAll(async () => {
  app = await createApp(parts)
  await app.ready()
})
afterAll(() => app.close())

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
const fact = { kind: 'status-changed', id: 'test/1', occurredAt: 1, recordedAt: 2, record: 'lead:1', to: 'Routed' }
const post = (payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/facts',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(payload),
  })
const journey = company.journeys[0]?.id ?? ''
const person = company.people[0]?.id ?? ''
const opportunity = company.opportunities[0]?.id ?? ''

describe('documentation', () => {
  type Operation = { responses: Record<string, { content?: Record<string, { schema: object }> }> }
  type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: unknown }

  const visits: Readonly<Record<string, string>> = {
    '/api/v1/status': '/api/v1/status',
    '/api/v1/reports': '/api/v1/reports',
    '/api/v1/reports/{name}': '/api/v1/reports/funnel?by=medium',
    '/api/v1/people': '/api/v1/people?size=5',
    '/api/v1/people/owners': '/api/v1/people/owners',
    '/api/v1/people/{id}': `/api/v1/people/${person}`,
    '/api/v1/opportunities/{id}': `/api/v1/opportunities/${opportunity}`,
    '/api/v1/explain/{id}': `/api/v1/explain/${encodeURIComponent(`${journey}#stage-2`)}`,
    '/api/v1/accounts/{id}': '/api/v1/accounts/a1',
    '/api/v1/users': '/api/v1/users',
    '/healthz': '/healthz',
  }
  const posts = ['/api/v1/facts', '/api/v1/opportunities/{id}/attribution']

  it('lists every route, and every GET answer is valid against it', async () => {
    const document = (await openApiDocument()) as Document
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths).sort()).toEqual([...Object.keys(visits), ...posts].sort())
    const ajv = new Ajv({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'api', ...document })
    for (const [path, url] of Object.entries(visits)) {
      const answer = await get(url)
      expect(answer.statusCode, url).toBe(200)
      const pointer = path.replaceAll('~', '~0').replaceAll('/', '~1')
      const ref = `api#/paths/${pointer}/get/responses/200/content/application~1json/schema`
      const valid = ajv.validate({ $ref: ref }, answer.json())
      expect(ajv.errors, url).toBeNull()
      expect(valid).toBe(true)
    }
  })

  it('documents the failures in the one shape', async () => {
    const document = (await openApiDocument()) as Document
    const ajv = new Ajv({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'api', ...document })
    for (const url of [
      '/api/v1/reports/nothing',
      '/api/v1/people/lead:none',
      '/api/v1/people?size=0',
      '/api/v1/none',
    ]) {
      const answer = await get(url)
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      ajv.validate({ $ref: 'api#/components/schemas/Error' }, answer.json())
      expect(ajv.errors, url).toBeNull()
      expect(answer.json().error.remedy, url).toBeTruthy()
    }
  })

  it('serves the document it was generated from', async () => {
    expect((await get('/api/v1/openapi.json')).json()).toEqual(JSON.parse(JSON.stringify(await openApiDocument())))
  })
})

describe('guards', () => {
  it.each(['localhost:4000', '127.0.0.1', '[::1]:80', 'LOCALHOST'])('answers for %s', async (host) => {
    expect((await get('/healthz', { host })).statusCode).toBe(200)
  })

  it.each(['evil.example', 'localhost.evil.example:4000', 'localhost@evil.example', '127.0.0.1.nip.io'])(
    'refuses the host "%s"',
    async (host) => {
      for (const url of ['/', '/healthz', '/api/v1/status', '/nowhere']) {
        const answer = await get(url, { host })
        expect(answer.statusCode).toBe(421)
        expect(answer.json().error.code).toBe('foreign-host')
      }
    },
  )

  it('answers for the names it is given, or for any', async () => {
    for (const [hosts, host, status] of [
      [['crm.example'], 'crm.example:443', 200],
      [['crm.example'], 'localhost', 421],
      ['any', 'whatever.example', 200],
    ] as const) {
      const named = await createApp(parts, { hosts })
      expect((await named.inject({ url: '/healthz', headers: { host } })).statusCode).toBe(status)
      await named.close()
    }
  })

  it.each([
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost:81' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'http://localhost:80' }, 403],
    [{ origin: 'http://localhost' }, 200],
    [{}, 200],
  ])('a change with %o is answered %i', async (headers, status) => {
    expect((await post({ facts: [fact] }, { host: 'localhost', ...headers })).statusCode).toBe(status)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'takes no body of the type %s, which a form on another site could send',
    async (type) => {
      const answer = await post({ facts: [fact] }, { 'content-type': type })
      expect(answer.statusCode).toBe(415)
      expect(answer.json().error.code).toBe('not-json')
    },
  )

  it('lets pages load nothing from elsewhere and run nothing inline', async () => {
    const policy = String((await get('/healthz')).headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toContain('http')
  })

  it('limits how much and how often', async () => {
    const strict = await createApp(parts, { requestsPerMinute: 3, bodyLimit: 200 })
    const send = (payload: string) =>
      strict.inject({ method: 'POST', url: '/api/v1/facts', headers: { 'content-type': 'application/json' }, payload })
    expect((await send(JSON.stringify({ facts: [{ ...fact, to: 'x'.repeat(300) }] }))).json().error.code).toBe(
      'too-large',
    )
    await send('{}')
    await send('{}')
    const refused = await send('{}')
    expect(refused.statusCode).toBe(429)
    expect(refused.json().error.code).toBe('too-many-requests')
    expect(refused.headers['retry-after']).toBeTruthy()
    expect((await strict.inject('/healthz')).statusCode).toBe(200)
    await strict.close()
  })
})

describe('facts', () => {
  it('adds each fact once', async () => {
    const facts = [{ ...fact, id: 'test/once' }]
    expect((await post({ facts })).json()).toEqual({ added: 1, repeated: 0 })
    expect((await post({ facts })).json()).toEqual({ added: 0, repeated: 1 })
  })

  it('hands on exactly what was sent', async () => {
    const seen: unknown[] = []
    const spy = await createApp({
      ...parts,
      receive: async (facts) => {
        seen.push(...facts)
        return { added: facts.length, repeated: 0 }
      },
    })
    const sent = [fact, { ...fact, id: 'test/2', inferred: 'day-only' }]
    await spy.inject({ method: 'POST', url: '/api/v1/facts', payload: { facts: sent } })
    expect(seen).toEqual(sent.map((each) => factSchema.parse(each)))
    await spy.close()
  })

  it('names each place that is wrong, and adds nothing', async () => {
    const answer = await post({
      facts: [
        { ...fact, id: 'test/half' },
        { ...fact, occurredAt: 'soon' },
      ],
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toMatchObject({ code: 'invalid-request', issues: [{ path: 'facts[1].occurredAt' }] })
    expect((await post({ facts: [{ ...fact, id: 'test/half' }] })).json()).toEqual({ added: 1, repeated: 0 })
  })

  it.each([['{"facts": ['], ['[]'], ['{"facts": []}'], ['null'], ['{"facts":[],"more":1}']])(
    'refuses %s with the one shape',
    async (payload) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await app.inject({ method: 'POST', url: '/api/v1/facts', headers, payload })
      expect(answer.statusCode).toBe(400)
      expect(answer.json().error).toMatchObject({ code: 'invalid-request', message: expect.any(String) })
    },
  )
})

describe('reports', () => {
  it('answers figures with what they are', async () => {
    const answer = (await get('/api/v1/reports/funnel?from=2025-01-01&to=2025-06-30&view=period')).json()
    expect(answer.rows).toHaveLength(6)
    expect(answer.about).toMatchObject({
      parameters: { from: '2025-01-01', to: '2025-06-30', view: 'period' },
      currency: 'USD',
      asOfDay: '2025-06-30',
      rulesVersion: 3,
    })
  })

  it.each([
    ['funnel?stage=2', 'query.stage'],
    ['funnel?form=2025-01-01', 'query'],
    ['funnel?from=2025-02-30', 'query.from'],
    ['funnel?from=2025-02-02&to=2025-02-01', 'query.to'],
    ['funnel?option=Email', 'query.by'],
    ['journeys?sort=price', 'query.sort'],
    ['journeys?limit=-1', 'query.limit'],
    ['journeys?where=medium', 'query.where'],
    ['journeys?where=medium:a&where=colour:red', 'query.where'],
  ])('refuses %s and points at it', async (url, path) => {
    const answer = await get(`/api/v1/reports/${url}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.issues.map((issue: { path: string }) => issue.path)).toContain(path)
  })

  it('filters by any number of conditions', async () => {
    const journeys = async (query: string) => (await get(`/api/v1/reports/journeys?${query}`)).json()
    const all = await journeys('')
    const option = all.rows[0].medium
    const some = await journeys(
      `where=${encodeURIComponent(`medium:${option}`)}&where=activation-type:Original%20Activation`,
    )
    expect(some.about.parameters.where).toEqual([`medium:${option}`, 'activation-type:Original Activation'])
    expect(some.total).toBeGreaterThan(0)
    expect(some.total).toBeLessThan(all.total)
    for (const row of some.rows) expect([row.medium, row.activationType]).toEqual([option, 'Original Activation'])
  })

  it('names the people behind journeys', async () => {
    const { rows, columns } = (await get('/api/v1/reports/journeys?limit=3')).json()
    expect(columns.map((column: { key: string }) => column.key)).toContain('name')
    expect(rows).toHaveLength(3)
    for (const row of rows) expect(row.name).toMatch(/\S+ \S+/)
  })

  it('says so while nothing has been derived', async () => {
    const early = await createApp({ ...parts, status: async () => ({ ...(await parts.status()), checkpoint: null }) })
    const answer = await early.inject('/api/v1/reports/funnel')
    expect(answer.statusCode).toBe(503)
    expect(answer.json().error).toMatchObject({ code: 'not-ready' })
    await early.close()
  })

  it('exports every row as a file for spreadsheets', async () => {
    const answer = await get('/api/v1/reports/journeys?format=csv&from=2024-01-01')
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.headers['content-disposition']).toBe('attachment; filename="journeys_2024-01-01.csv"')
    const all = (await get('/api/v1/reports/journeys?from=2024-01-01')).json()
    expect(answer.body.trimEnd().split('\r\n')).toHaveLength(all.total + 1)
    expect(answer.body.startsWith('\uFEFFJourney,')).toBe(true)
  })
})

describe('people', () => {
  it('finds people by name, e-mail address or company', async () => {
    const all = (await get('/api/v1/people?size=500')).json()
    const [first] = all.people
    const found = (await get(`/api/v1/people?q=${encodeURIComponent(first.email)}`)).json()
    expect(found.people.map((one: { id: string }) => one.id)).toContain(first.id)
    expect((await get('/api/v1/people?q=nobody-is-called-this')).json()).toMatchObject({ people: [], total: 0 })
  })

  it('pages without gaps or repeats', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => get(`/api/v1/people?size=20&page=${page}`)))
    const ids = pages.flatMap((page) => page.json().people.map((one: { id: string }) => one.id))
    expect(new Set(ids).size).toBe(60)
    expect(ids).toHaveLength(60)
  })

  it('says what the next interaction will be, from the state of the current journey', async () => {
    for (const { id, dormant } of company.people) {
      const { next } = (await get(`/api/v1/people/${id}`)).json()
      expect(next.recordType).toBe(dormant ? 'Activation' : 'Influencing Engagement')
      expect(next.rule).toBe(dormant ? 'A5' : 'A4')
    }
  })

  it('puts every engagement of a person into one journey', async () => {
    const { journeys } = (await get(`/api/v1/people/${person}`)).json()
    const shown = journeys.flatMap((one: { id: string; influencing: { id: string }[] }) => [
      one.id,
      ...one.influencing.map((influence) => influence.id),
    ])
    const known = company.engagements.filter((engagement) => engagement.person === person).map(({ id }) => id)
    expect(shown.sort()).toEqual(known.sort())
  })
})

it('logs a bug under the number its answer names, and nothing of the request', async () => {
  let logged = ''
  const stream = { write: (line: string) => (logged += line) }
  const broken = await createApp(
    { ...parts, explain: () => Promise.reject(new Error('a bug')) },
    { logger: { level: 'error', stream } },
  )
  const answer = await broken.inject({ url: '/api/v1/explain/lead%3ASarah', headers: { cookie: 'secret' } })
  expect(answer.statusCode).toBe(500)
  const { error } = answer.json<{ error: { remedy: string } }>()
  const [number = 'none'] = /req-\w+/.exec(error.remedy) ?? []
  expect(logged).toContain(number)
  expect(logged).toContain('a bug')
  for (const personal of ['Sarah', 'secret', '127.0.0.1']) expect(logged).not.toContain(personal)
  expect(answer.body).not.toContain('a bug')
  await broken.close()
})

describe('pages', () => {
  it('serves the app for its views, files as files, and keeps hashed files for ever', async () => {
    const webDir = await mkdtemp(join(tmpdir(), 'throughline-web-'))
    await mkdir(join(webDir, 'assets'))
    await writeFile(join(webDir, 'index.html'), '<!doctype html><title>Throughline</title>')
    await writeFile(join(webDir, 'assets/app-abc.js'), 'export {}')
    const withPages = await createApp(parts, { webDir })
    const visit = (url: string, accept = 'text/html') => withPages.inject({ url, headers: { accept } })

    for (const url of ['/', '/people', `/people/${encodeURIComponent('lead:00Q.x')}x`]) {
      const answer = await visit(url)
      expect(answer.statusCode, url).toBe(200)
      expect(answer.headers['content-type']).toContain('text/html')
      expect(answer.headers['cache-control']).toBe('no-cache')
    }
    expect((await visit('/assets/app-abc.js', '*/*')).headers['cache-control']).toContain('immutable')
    expect((await visit('/assets/gone.js', '*/*')).statusCode).toBe(404)
    expect((await visit('/api/v1/gone')).statusCode).toBe(404)
    for (const outside of ['/%2e%2e/%2e%2e/etc/passwd', '/assets/..%5c..%5capp.mjs', '/%00'])
      expect((await visit(outside, '*/*')).statusCode, outside).toBe(404)
    await withPages.close()
  })
})

it('has its status numbers in one file only', async () => {
  const routes = ['facts', 'people', 'records', 'reports', 'status'].map((name) => `routes/${name}.ts`)
  for (const file of [...routes, 'app.ts', 'guards.ts', 'pages.ts'])
    expect(await readFile(join(import.meta.dirname, '../src', file), 'utf8'), file).not.toMatch(
      /\b(4\d\d|5\d\d)\b(?!_)/,
    )
})
