import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { fakeCompany } from './fake-company.ts'
import { fakeParts } from './fake-parts.ts'

const company = fakeCompany(200)
const parts = fakeParts(company)
let app: FastifyInstance

beforeAll(async () => {
  app = await createApp(parts)
  await app.ready()
})
afterAll(() => app.close())

const get = async (url: string) => (await app.inject({ url })).json()

describe('histories', () => {
  const person = company.people.find(({ contacts, status }) => contacts.length > 0 && status !== 'Open')

  it('tells what changed, from what, to what, by whom', async () => {
    const { history } = await get(`/api/v1/people/${person?.id}`)
    const entry = (kind: string) => history.find((one: { kind: string }) => one.kind === kind)
    expect(entry('lead-created')).toMatchObject({
      group: 'record',
      text: 'Lead created with the Lead Source “Website”',
      by: { id: 'u1', name: 'Bea Ito' },
      changes: [
        { field: 'Status', from: null, to: 'Open', type: 'text' },
        { field: 'Owner', from: null, to: 'Inbound queue', type: 'text' },
      ],
    })
    expect(entry('status-changed').changes).toEqual([
      { field: 'Status', from: 'Open', to: person?.status, type: 'text' },
    ])
    expect(entry('campaign-member-set')).toMatchObject({
      group: 'campaign',
      text: 'Campaign “Automate Expo 2025”: Sent',
      changes: [],
    })
    expect(history.map(({ at }: { at: number }) => at)).toEqual(
      history.map(({ at }: { at: number }) => at).sort((a: number, b: number) => a - b),
    )
  })

  it('tells an opportunity’s amounts exactly, in its own currency', async () => {
    const euro = company.opportunities.find(({ currency, amount }) => currency === 'EUR' && amount !== null)
    const { history } = await get(`/api/v1/opportunities/${euro?.id}`)
    const changes = history.flatMap((one: { changes: object[] }) => one.changes)
    const units = euro?.amount ?? 0
    expect(changes).toContainEqual({
      field: 'Amount',
      from: `${(Math.round(units / 2) / 100).toFixed(2)} EUR`,
      to: `${(units / 100).toFixed(2)} EUR`,
      type: 'money',
    })
    const contact = euro?.contactRoles[0]?.contact
    const profile = company.profiles.get(`contact:${contact}`)
    expect(history.find(({ group }: { group: string }) => group === 'role').text).toBe(
      `Contact role added: ${profile?.firstName} ${profile?.lastName}, Decision Maker, primary`,
    )
    expect(changes).toContainEqual({ field: 'Close date', from: '2025-06-30', to: '2025-07-31', type: 'day' })
  })
})

describe('an explanation', () => {
  it('names the people and users it mentions, and nobody else', async () => {
    const journey = company.journeys.find(({ person }) => person?.startsWith('lead:'))
    const { names } = await get(`/api/v1/explain/${encodeURIComponent(journey?.id ?? '')}`)
    const profile = company.profiles.get(journey?.person as never)
    expect(names).toEqual({ [journey?.person ?? '']: `${profile?.firstName} ${profile?.lastName}` })
  })
})

describe('an account', () => {
  it('has its people, journeys, opportunities and amounts', async () => {
    const account = await get('/api/v1/accounts/a1')
    const people = company.people.filter((one) => one.account === 'a1').map(({ id }) => id)
    expect(account).toMatchObject({ id: 'a1', name: 'Acme Logistics', owner: { id: 'u5' }, peopleTotal: people.length })
    expect(account.people.map(({ id }: { id: string }) => id).sort()).toEqual(people.sort())
    expect(account.journeys.every(({ person }: { person: string }) => people.includes(person as never))).toBe(true)
    expect(account.journeys[0].personName).toBeTruthy()
    const opened = account.amounts.reduce((sum: number, one: { opportunities: number }) => sum + one.opportunities, 0)
    expect(opened).toBe(account.opportunitiesTotal)
    expect((await get('/api/v1/people?account=a1')).total).toBe(people.length)
  })

  it('that nobody named is not found, with a remedy', async () => {
    const answer = await app.inject({ url: '/api/v1/accounts/nothing' })
    expect(answer.statusCode).toBe(404)
    expect(answer.json().error).toMatchObject({ code: 'not-found', remedy: expect.any(String) })
  })
})

describe('attribution by hand', () => {
  const opportunity = company.opportunities.find(({ contactRoles }) =>
    company.people.some(({ contacts }) => contacts.includes(contactRoles[0]?.contact ?? '')),
  )
  const member = company.people.find(({ contacts }) => contacts.includes(opportunity?.contactRoles[0]?.contact ?? ''))
  const stranger = company.people.find(({ id }) => id !== member?.id)
  const url = `/api/v1/opportunities/${opportunity?.id}/attribution`
  const choice = { key: 'a1b2c3d4', person: member?.id, reason: 'Met them at the fair', by: 'u2' }
  const post = (payload: object, headers: Record<string, string> = {}, to = url) =>
    app.inject({
      method: 'POST',
      url: to,
      headers: { 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(payload),
    })

  it('[L9] is told by whom and why, at once, and counts once however often it is sent', async () => {
    const { contactRoles } = await get(`/api/v1/opportunities/${opportunity?.id}`)
    const activation = contactRoles[0].activations[0].id
    for (const _ of [1, 2]) {
      const answer = await post({ ...choice, activation })
      expect(answer.statusCode).toBe(200)
      const { attribution, history } = answer.json()
      expect(attribution).toMatchObject({
        engagement: { id: activation },
        byHand: { by: { id: 'u2', name: 'Jane Doe' }, reason: 'Met them at the fair' },
      })
      const set = history.filter(({ kind }: { kind: string }) => kind === 'attribution-set')
      expect(set).toMatchObject([{ text: 'Attribution set by hand', reason: 'Met them at the fair' }])
    }
  })

  it('[L10] can be given back to the rules', async () => {
    const { key: _, person: __, ...released } = choice
    const answer = await post({ ...released, key: 'e5f6a7b8' })
    expect(answer.json().attribution.byHand).toBeNull()
    expect(answer.json().attributionRule).toBe(opportunity?.attributionBecause?.rule)
  })

  it.each([
    ['reason', { reason: ' ' }],
    ['key', { key: 'short' }],
    ['person', { person: 'nobody' }],
    ['person', { person: stranger?.id }],
    ['activation', { activation: company.journeys.find(({ person }) => person === stranger?.id)?.id }],
    ['activation', { person: undefined, activation: 'eng:x' }],
    ['by', { by: 'nobody' }],
    ['by', { by: 'q1' }],
  ])('is refused at %s for %j, and nothing is stored', async (path, wrong) => {
    const before = await get(`/api/v1/opportunities/${opportunity?.id}`)
    const answer = await post({ ...choice, key: 'refused-1', ...wrong })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.issues[0].path).toBe(path)
    expect(answer.json().error.remedy).toBeTruthy()
    expect(await get(`/api/v1/opportunities/${opportunity?.id}`)).toEqual(before)
  })

  it('is refused from the page of another site, and for an opportunity that is not there', async () => {
    expect((await post(choice, { origin: 'http://evil.example' })).statusCode).toBe(403)
    expect((await post(choice, {}, '/api/v1/opportunities/none/attribution')).statusCode).toBe(404)
  })
})
