import type { Fact, PersonKey } from '@throughline/core'
import type { House } from '../../packages/cli/src/house.ts'
import { chosen, inHouse, type Place, sequence, taking } from './measured.ts'

export type MeasuredLive = Readonly<{
  /** Milliseconds from handing one fact over until every report shows it, one at a time. */
  times: number[]
  /** Processor milliseconds a fact, of the same facts. */
  cpuEach: number
  /** Many senders at once, each handing over its next fact as soon as its last one is visible. */
  load: Readonly<{ senders: number; seconds: number; cpu: number; facts: number; times: number[] }>
}>

/** Sends facts of known and of new people into a house that has a history, as a web form or a CRM trigger would. */
export async function measureLive({
  ones,
  seconds,
  senders,
  ...place
}: Place & Readonly<{ ones: number; seconds: number; senders: number }>): Promise<MeasuredLive> {
  return inHouse(place, async (house) => {
    await house.engine.catchUp()
    const next = await factsFor(house)
    const send = async (fact: Fact) => {
      const began = performance.now()
      await house.engine.receive([fact])
      return performance.now() - began
    }
    const times: number[] = []
    let cpuAll = 0
    for (let i = 0; i < ones; i++) {
      const fact = next()
      const { result, cpu } = await taking(() => send(fact))
      times.push(result)
      cpuAll += cpu
      await mustShow(house, fact)
    }
    const loadTimes: number[] = []
    const { seconds: took, cpu } = await taking(async () => {
      const until = performance.now() + seconds * 1000
      await Promise.all(
        Array.from({ length: senders }, async () => {
          while (performance.now() < until) loadTimes.push(await send(next()))
        }),
      )
    })
    await mustShow(house, next.last())
    return {
      times,
      cpuEach: (cpuAll / ones) * 1000,
      load: { senders, seconds: took, cpu, facts: loadTimes.length, times: loadTimes },
    }
  })
}

/** A stream of facts: mostly interactions of known people, some status changes, some new leads. */
async function factsFor(house: House): Promise<(() => Fact) & { last: () => Fact }> {
  const rows = await house.mart.read('live', (ask) => ask('select id from people where not deleted order by id'))
  const random = sequence(17)
  const known = chosen(
    rows.map((row) => row.id as PersonKey),
    50_000,
    random,
  )
  const run = Date.now()
  let number = 0
  let last: Fact
  const make = (): Fact => {
    const person = known[number % known.length] as PersonKey
    const at = Date.now()
    const base = { id: `bench/${run}/${number}`, occurredAt: at, recordedAt: at }
    switch (number++ % 10) {
      case 0:
        return {
          ...base,
          kind: 'lead-created',
          lead: `bench-${run}-${number}`,
          by: 'bench',
          owner: 'bench',
          status: 'Open',
          submission: { first: { medium: 'cpc', source: 'google' }, engagementType: 'Demo Request' },
        }
      case 1:
        return { ...base, kind: 'status-changed', record: person, to: 'Working' }
      default:
        return {
          ...base,
          kind: 'interaction-recorded',
          person,
          channel: 'form',
          submission: { last: { medium: 'email', source: 'newsletter' }, engagementType: 'Whitepaper - Buyer Guide' },
        }
    }
  }
  return Object.assign(
    () => {
      last = make()
      return last
    },
    { last: () => last },
  )
}

/** Asks the mart, as a report does, for what the fact led to. */
async function mustShow(house: House, fact: Fact): Promise<void> {
  const [table, id] =
    fact.kind === 'interaction-recorded'
      ? (['interactions', `int:${fact.id}`] as const)
      : (['person_records', fact.kind === 'lead-created' ? `lead:${fact.lead}` : ''] as const)
  if (id === '') return
  const column = table === 'interactions' ? 'id' : 'record'
  const rows = await house.mart.read('live', (ask) => ask(`select 1 from ${table} where ${column} = $id`, { id }))
  if (rows.length !== 1) throw new Error(`${fact.id} was received, but no report shows it`)
}
