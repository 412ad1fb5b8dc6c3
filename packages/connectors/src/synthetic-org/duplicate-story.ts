/** Somebody known is entered once more, and what becomes of the double. */
import type { Instant } from '@throughline/core'
import { type Company, type Human, type Identity, livingIdentities, workday } from './company.ts'
import { appear, convert, merge } from './happenings.ts'
import { canUnite } from './journey-book.ts'
import { daysLater } from './moments.ts'
import { reception } from './reception.ts'
import type { Touch } from './touches.ts'

/** Sales begins anew with somebody. */
export type TakeUp = (company: Company, identity: Identity, heat: Touch['heat'], now: Instant) => void

/** A form makes a second row of somebody the CRM has already: another address, or a form that does not look. */
export function reappear(company: Company, human: Human, touch: Touch, now: Instant, takeUp: TakeUp): void {
  const { random, agenda } = company
  const living = livingIdentities(human)
  const hasContact = living.some((identity) => identity.row.object === 'Contact')
  // Two leads open a journey each; a lead and a contact are not even comparable to the CRM.
  human.reason ||= hasContact ? 'I9' : 'A1'
  const email = random.chance(500) ? human.privateAddress : human.details.email
  const values = { object: 'Lead', touch, ...reception(company, 'direct', touch, now), email } as const
  const double = appear(company, human, values, now)
  takeUp(company, double, touch.heat, now)
  if (random.chance(650))
    agenda.plan(workday(company, daysLater(random, now, 1, 25)), (later) =>
      resolve(company, human, double, later, takeUp),
    )
}

/** Operations finds the double: rows of one object are merged; a lead is converted into the contact there is. */
function resolve(company: Company, human: Human, double: Identity, now: Instant, takeUp: TakeUp): void {
  const { random, world } = company
  const { operations } = world.staff
  if (double.absorbed || double.deleted || double.deal) return
  const others = livingIdentities(human).filter((identity) => identity !== double && !identity.deal)
  const alike = others.find((identity) => identity.row.object === double.row.object)
  if (alike) {
    const [kept, lost] = random.chance(600) ? [alike, double] : [double, alike]
    if (merge(company, kept, lost, now, operations)) takeUp(company, kept, 1, now)
    return
  }
  const contact = others.find((identity) => identity.row.object === 'Contact')
  if (!contact || double.row.object !== 'Lead') return
  if (!canUnite(contact.books, double.books, now)) return
  convert(company, double, now, operations, operations, contact)
  takeUp(company, contact, 1, now)
}
