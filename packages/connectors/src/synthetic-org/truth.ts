/** Writes down, beside the export, what truly happened, and where and why the CRM must see it otherwise. */
import type { Instant } from '@throughline/core'
import type { Company, DealStory, Human } from './company.ts'
import type { RowSink } from './files.ts'
import type { Cause, Follower, Influence, Journey } from './journey-book.ts'
import { isoTime } from './moments.ts'

/** What a book made of one cause. */
type Entry = Readonly<{ cause: Cause; human: Human | null; journey: Journey | null; influence: Influence | null }>

type Book = Map<string, Entry>

/** Fields that both books are compared by, as they are written. */
const FIELDS = [
  'record_type',
  'parent',
  'activation_type',
  'at',
  'stage2_at',
  'stage3_at',
  'completed_at',
  'outcome',
  'voided',
] as const

/** Writes the truth about a company whose story has been told. */
export function writeTruth(company: Company, sink: RowSink): void {
  for (const human of company.humans) writePeople(human, sink)
  const truth = bookOf(company, 'truth')
  const books = bookOf(company, 'books')
  for (const [key, entry] of truth) writeEntry(entry, books.get(key), true, company, sink)
  for (const [key, entry] of books) if (!truth.has(key)) writeEntry(entry, undefined, false, company, sink)
  for (const deal of company.deals) writeDeal(company, deal, sink)
  for (const mistake of company.mistakes)
    sink('truth/opportunities.csv', [mistake.id, 'true', '', '', '', '', '0', '', ''])
}

function bookOf(company: Company, layer: 'truth' | 'books'): Book {
  const book: Book = new Map()
  const add = (follower: Follower, human: Human) => {
    for (const journey of follower.journeys) {
      enter(book, { cause: journey.cause, human, journey, influence: null })
      for (const influence of journey.influences) enter(book, { cause: influence.cause, human, journey, influence })
    }
  }
  for (const human of company.humans) {
    if (layer === 'truth') add(human.truth, human)
    else for (const identity of human.identities) if (!identity.absorbed) add(identity.books, human)
  }
  for (const deal of company.deals) {
    const journey = deal[layer].fallback
    if (journey) enter(book, { cause: journey.cause, human: null, journey, influence: null })
  }
  return book
}

function enter(book: Book, entry: Entry): void {
  const key = keyOf(entry.cause)
  if (book.has(key)) throw new Error(`The generator's book has two entries for ${key}: a story happened twice.`)
  book.set(key, entry)
}

function writeEntry(entry: Entry, seen: Entry | undefined, really: boolean, company: Company, sink: RowSink): void {
  const { cause, human, journey, influence } = entry
  if (!journey) return
  const own = fieldsOf(entry)
  const other = really ? (seen ? fieldsOf(seen) : NOTHING) : own
  const base = really ? own : NOTHING
  let explained = ''
  FIELDS.forEach((field, i) => {
    if (base[i] === other[i]) return
    const rule = ruleFor(company, human, cause, field)
    explained ||= rule
    sink('truth/differences.csv', [cause.object, cause.id, field, base[i] as string, other[i] as string, rule])
  })
  if (influence) {
    const { object, id } = journey.cause
    const times = [time(influence.at), time(influence.recordedAt)]
    sink('truth/influences.csv', [human?.id ?? '', cause.object, cause.id, ...times, object, id, explained])
    return
  }
  sink('truth/activations.csv', [
    human?.id ?? '',
    human ? recordsOf(human) : '',
    cause.object,
    cause.id,
    time(journey.at),
    time(journey.recordedAt),
    journey.type,
    time(journey.stage2),
    time(journey.stage3),
    time(journey.completedAt),
    journey.outcome,
    really ? 'yes' : 'no',
    String(journey.voided),
    explained,
  ])
}

const NOTHING: readonly string[] = FIELDS.map(() => '')

function fieldsOf({ journey, influence }: Entry): readonly string[] {
  if (!journey) return NOTHING
  if (influence) return ['Influencing Engagement', keyOf(journey.cause), '', time(influence.at), '', '', '', '', '']
  return [
    'Activation',
    '',
    journey.type,
    time(journey.at),
    time(journey.stage2),
    time(journey.stage3),
    time(journey.completedAt),
    journey.outcome,
    journey.voided ? 'true' : '',
  ]
}

/** The rule that makes the CRM see something otherwise. A difference that no story accounts for is a bug. */
function ruleFor(company: Company, human: Human | null, cause: Cause, field: string): string {
  if (!human) {
    const deal = company.deals.find((one) => one.record.id === cause.id)
    if (deal?.reason) return deal.reason
    // Somebody was credited within the grace period or later: the stand-in was not needed.
    if (deal?.books.fallback?.voided) return 'N5'
    if (deal?.starter?.reason) return deal.starter.reason
  } else if (human.reason) {
    const merged = human.identities.some((identity) => identity.absorbed)
    if (human.reason === 'A1' && merged && field.startsWith('stage')) return 'I4'
    return human.reason
  }
  throw new Error(
    `The generator's books differ in ${field} of ${keyOf(cause)} and no story says why (seed ${company.world.seed}, ${company.name}).`,
  )
}

function writeDeal(company: Company, deal: DealStory, sink: RowSink): void {
  const { record, starter, truth, books } = deal
  const began = truth.attribution
  const seen = books.attribution
  let explained = ''
  if (began && seen && keyOf(began.cause) !== keyOf(seen.cause)) {
    explained = deal.reason || (starter?.reason ?? '')
    if (!explained) throw new Error(`Nobody says why ${record.id} is credited otherwise (seed ${company.world.seed}).`)
    const row = ['Opportunity', record.id, 'attribution_activation', keyOf(began.cause), keyOf(seen.cause), explained]
    sink('truth/differences.csv', row)
  }
  const shares = sharesOf(company, deal)
  const contact = starter?.identities.flatMap((one) => one.rows).find((row) => row.object === 'Contact' && !row.master)
  sink('truth/opportunities.csv', [
    record.id,
    String(record.deleted),
    began?.cause.object ?? '',
    began?.cause.id ?? '',
    starter?.id ?? '',
    contact?.id ?? '',
    String(shares.length),
    shares.map(([cause, share]) => `${keyOf(cause)}=${share}`).join(';'),
    explained,
  ])
}

/** Which touches really mattered to a deal, and how much, in thousandths that add up exactly. */
function sharesOf(company: Company, deal: DealStory): readonly (readonly [Cause, number])[] {
  const until = deal.closedAt ?? company.world.end
  const journeys = new Set(deal.truth.linked.filter((journey) => journey.primary === deal.truth))
  if (deal.truth.attribution) journeys.add(deal.truth.attribution)
  const touches: (readonly [Cause, number])[] = []
  for (const journey of journeys) {
    if (!journey.follower) continue
    // What began the deal always mattered; of the rest, some was noise.
    const matters = (weight: number, always: boolean) =>
      always || company.random.chance(650) ? weight * (3 + company.random.below(5)) : 0
    const isFirst = journey === deal.truth.attribution
    for (const one of [journey, ...journey.influences]) {
      if (one.at > until) continue
      const weight = matters(one.weight, isFirst && one === journey)
      if (weight > 0) touches.push([one.cause, weight])
    }
  }
  return thousandths(touches)
}

/** Shares by the largest remainder: they add up to exactly 1000. */
function thousandths(touches: readonly (readonly [Cause, number])[]): readonly (readonly [Cause, number])[] {
  const total = touches.reduce((sum, [, weight]) => sum + weight, 0)
  if (total === 0) return []
  const parts = touches.map(([cause, weight], index) => ({
    cause,
    index,
    share: Math.floor((weight * 1000) / total),
    rest: (weight * 1000) % total,
  }))
  let missing = 1000 - parts.reduce((sum, part) => sum + part.share, 0)
  for (const part of [...parts].sort((a, b) => b.rest - a.rest || a.index - b.index)) {
    if (missing === 0) break
    part.share++
    missing--
  }
  return parts.filter((part) => part.share > 0).map(({ cause, share }) => [cause, share] as const)
}

function writePeople(human: Human, sink: RowSink): void {
  const living = human.identities.filter((identity) => !identity.absorbed)
  for (const identity of living)
    for (const row of new Set(identity.rows)) {
      const isKnown = identity === living[0]
      const rule = isKnown ? '' : human.reason
      const known = isKnown ? 'yes' : 'no'
      sink('truth/people.csv', [human.id, row.object, row.id, row.master?.id ?? '', known, rule])
    }
}

function recordsOf(human: Human): string {
  const ids = new Set<string>()
  for (const identity of human.identities) for (const row of identity.rows) ids.add(row.id)
  return [...ids].join(' ')
}

function keyOf(cause: Cause): string {
  return `${cause.object}:${cause.id}`
}

function time(at: Instant | null): string {
  return at === null ? '' : isoTime(at)
}
