import { describe, expect, it } from 'vitest'
import {
  attribute,
  canUnite,
  close,
  fallBack,
  type Influence,
  join,
  joinAtCreation,
  link,
  newDeal,
  newFollower,
  reopen,
  running,
  setStatus,
  settle,
  touch,
  unite,
} from './journey-book.ts'

const at = (text: string) => Date.parse(`${text}Z`)
let number = 0
const seen = (when: string, recorded = when): Influence => ({
  cause: { object: 'Interaction', id: `i${number++}` },
  at: at(when),
  recordedAt: at(recorded),
  weight: 1,
})
const text = (instant: number | null | undefined) =>
  instant == null ? '' : new Date(instant).toISOString().slice(0, 16)

describe('the book of journeys', () => {
  it('ends a silent journey at the first daily run with 90 full days, counted from the time of recording', () => {
    const lead = newFollower('Lead')
    const journey = touch(lead, seen('2025-01-01T12:00', '2025-01-03T09:00'))
    settle(lead, at('2025-04-04T00:04:59'))
    expect(journey?.completedAt).toBeNull()
    settle(lead, at('2025-04-04T00:05'))
    expect(text(journey?.completedAt)).toBe('2025-04-04T00:05')
    expect(journey?.outcome).toBe('Lead Dormancy')
  })

  it('lets an engagement or a stage keep a journey alive, and an opportunity for as long as it is open', () => {
    const contact = newFollower('Contact')
    const journey = touch(contact, seen('2025-01-01T12:00'))
    setStatus(contact, 'Routed', at('2025-03-01T12:00'))
    expect(touch(contact, seen('2025-05-01T12:00'))).toBeNull()
    const deal = newDeal('006', at('2025-07-01T12:00'))
    join(deal, contact, seen('2025-07-01T12:00'))
    settle(contact, at('2026-07-01T12:00'))
    expect(running(contact)).toBe(journey)
    expect(journey?.influences).toHaveLength(1)
  })

  it('begins anew after a disposition, which an open opportunity keeps from ending anything', () => {
    const lead = newFollower('Lead')
    const first = touch(lead, seen('2025-01-01T12:00'))
    setStatus(lead, 'Working', at('2025-01-02T12:00'))
    setStatus(lead, 'Recycled', at('2025-01-09T12:00'))
    expect([text(first?.stage2), text(first?.stage3), first?.outcome]).toEqual([
      '2025-01-02T12:00',
      '2025-01-02T12:00',
      'Recycled Lead',
    ])
    setStatus(lead, 'Working', at('2025-01-10T12:00'))
    const second = touch(lead, seen('2025-02-01T12:00'))
    expect([second?.type, second?.stage3]).toEqual(['Reactivated Lead', null])
    joinAtCreation(newDeal('006', at('2025-02-03T12:00')), [[lead, seen('2025-02-03T12:00')]])
    setStatus(lead, 'Disqualified', at('2025-02-04T12:00'))
    expect(running(lead)).toBe(second)
  })

  it('credits whoever began first among those who join at creation, and nobody who comes later', () => {
    const [older, newer, dormant] = [newFollower('Contact'), newFollower('Contact'), newFollower('Contact')]
    touch(older, seen('2025-03-01T12:00'))
    touch(newer, seen('2025-03-09T12:00'))
    const deal = newDeal('006', at('2025-03-10T12:00'))
    joinAtCreation(deal, [
      [newer, seen('2025-03-10T12:00')],
      [older, seen('2025-03-10T12:00')],
    ])
    join(deal, dormant, seen('2025-03-20T12:00'))
    expect(deal.attribution).toBe(older.current)
    expect([text(older.current?.stage3), newer.current?.stage3]).toEqual(['2025-03-10T12:00', null])
    expect(dormant.current?.fromRole).toBe(true)
    close(deal, true, at('2025-05-01T12:00'))
    expect([older, newer, dormant].map((one) => one.current?.outcome)).toEqual(Array(3).fill('Won Opportunity'))
  })

  it('voids the stand-in when somebody turns out to have begun, but not for whom the role itself awoke', () => {
    const starter = newFollower('Contact')
    touch(starter, seen('2025-03-01T12:00'))
    const found = newDeal('006A', at('2025-03-10T12:00'))
    fallBack(found)
    join(found, starter, seen('2025-03-20T12:00'))
    expect([found.fallback?.voided, found.attribution]).toEqual([true, starter.current])
    const missed = newDeal('006B', at('2025-03-10T12:00'))
    fallBack(missed)
    join(missed, newFollower('Contact'), seen('2025-03-20T12:00'))
    expect([missed.fallback?.voided, missed.attribution]).toEqual([false, missed.fallback])
  })

  it('moves a primary opportunity only to one the journey began, from one it did not', () => {
    const [starter, guest] = [newFollower('Contact'), newFollower('Contact')]
    const began = touch(starter, seen('2025-03-01T12:00'))
    const visited = touch(guest, seen('2025-03-01T12:00'))
    const first = newDeal('006A', at('2025-03-10T12:00'))
    joinAtCreation(first, [[starter, seen('2025-03-10T12:00')]])
    join(first, guest, seen('2025-03-11T12:00'))
    const second = newDeal('006B', at('2025-03-12T12:00'))
    for (const one of [began, visited]) {
      second.attribution = null
      if (one) {
        attribute(second, one)
        link(second, one)
      }
    }
    expect([began?.primary, visited?.primary]).toEqual([first, second])
  })

  it('takes a close back on reopening, except for whom a new journey has begun since', () => {
    const [quiet, eager] = [newFollower('Contact'), newFollower('Contact')]
    for (const one of [quiet, eager]) touch(one, seen('2025-03-01T12:00'))
    const deal = newDeal('006', at('2025-03-10T12:00'))
    for (const one of [quiet, eager]) join(deal, one, seen('2025-03-10T12:00'))
    close(deal, false, at('2025-04-01T12:00'))
    touch(eager, seen('2025-04-02T12:00'))
    reopen(deal)
    expect([quiet.journeys[0]?.outcome, eager.journeys[0]?.outcome]).toEqual(['', 'Lost Opportunity'])
    close(deal, true, at('2025-05-01T12:00'))
    expect([quiet.journeys[0]?.outcome, eager.journeys[0]?.outcome]).toEqual(['Won Opportunity', 'Lost Opportunity'])
  })

  it('unites two open journeys in the earlier one, with the best stages of both', () => {
    const [kept, other] = [newFollower('Lead'), newFollower('Lead')]
    const later = touch(kept, seen('2025-03-05T12:00'))
    const earlier = touch(other, seen('2025-03-01T12:00'))
    setStatus(kept, 'Routed', at('2025-03-06T12:00'))
    setStatus(kept, 'Working', at('2025-03-08T12:00'))
    expect(canUnite(kept, other, at('2025-03-10T12:00'))).toBe(true)
    unite(kept, other, at('2025-03-10T12:00'))
    expect(kept.journeys).toEqual([earlier])
    expect([text(earlier?.stage2), text(earlier?.stage3)]).toEqual(['2025-03-06T12:00', '2025-03-08T12:00'])
    expect(earlier?.influences.map((one) => one.cause)).toEqual([later?.cause])
  })
})
