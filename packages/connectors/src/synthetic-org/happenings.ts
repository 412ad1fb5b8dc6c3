/**
 * What can happen in a company's story. Each happening does three things at once: it changes the CRM's rows,
 * is written down in the CRM's book of journeys as far as the CRM can tell, and in the true book as it was.
 */
import type { Instant } from '@throughline/core'
import type { Company, DealStory, Human, Identity } from './company.ts'
import type { AccountRecord, Actor, PersonRecord, Submitted } from './crm.ts'
import {
  accompany,
  attribute,
  canUnite,
  close,
  type Follower,
  fallBack,
  type Influence,
  join,
  joinAtCreation,
  link,
  newDeal,
  newFollower,
  reopen,
  runningAt,
  setStatus,
  settle,
  touch as touchBook,
  unite,
} from './journey-book.ts'
import { MINUTE } from './moments.ts'
import type { Touch } from './touches.ts'

/** What a role on an opportunity weighs by itself, where it began a journey. */
const ROLE_WEIGHT = 5
/** What being typed in by a colleague weighs. */
const ENTRY_WEIGHT = 4

/** A lead or contact row appears: the person's first, or one more of somebody the CRM fails to recognise. */
export function appear(
  company: Company,
  human: Human,
  values: Readonly<{
    object: PersonRecord['object']
    touch: Touch | null
    by: Actor
    owner: Actor
    status: string
    leadSource: string
    email?: string
  }>,
  now: Instant,
): Identity {
  const { crm } = company.world
  const { object, touch, by, owner, status, leadSource } = values
  const books = newFollower(object)
  settle(human.truth, now)
  const happenedAt = touch ? datable(human, books, touch.happenedAt, now) : null
  const submitted = touch && isTelling(touch) ? submittedOf(touch, happenedAt) : null
  const details = values.email ? { ...human.details, email: values.email } : human.details
  const account = object === 'Contact' ? accountOf(company, owner, now) : null
  const score = touch ? 5 + touch.heat * 15 : 0
  const row = crm.createPerson(object, { details, account, leadSource, submitted, owner, status, score }, now, by)
  const identity: Identity = {
    human,
    books,
    row,
    rows: [row],
    pursuit: 0,
    deal: null,
    deleted: false,
    absorbed: false,
  }
  human.identities.push(identity)
  human.truth.object = object
  const cause = { object, id: row.id } as const
  const at = submitted ? (happenedAt ?? now) : now
  const influence: Influence = { cause, at, recordedAt: now, weight: touch?.weight ?? ENTRY_WEIGHT }
  for (const book of [books, human.truth]) {
    touchBook(book, influence)
    // What a row is created with counts as just set.
    setStatus(book, status, now)
  }
  human.lastEventAt = now
  noteMember(company, row, touch, now, by)
  return identity
}

/** Somebody the CRM knows does something. Gives true where, to the CRM, a new journey begins with it. */
export function engage(company: Company, identity: Identity, touch: Touch, now: Instant): boolean {
  const { crm, staff } = company.world
  const { human, row, books } = identity
  settle(human.truth, now)
  settle(books, now)
  const by = touch.channel === 'list-upload' ? marketerOf(company) : staff.platform
  const happenedAt = datable(human, books, touch.happenedAt, now)
  const submitted = submittedOf(touch, happenedAt)
  // Some reporters know only an address; that is clear as long as one person has it.
  const byAddress = human.identities.length === 1 && touch.channel !== 'manual' && company.random.chance(50)
  const id = crm.recordInteraction(row, byAddress, touch.channel, submitted, now, by)
  crm.raiseScore(row, 3 + touch.heat * 8, now, staff.platform)
  noteMember(company, row, touch, now, by)
  human.truth.object = row.object
  const cause = { object: 'Interaction', id } as const
  const influence: Influence = { cause, at: happenedAt ?? now, recordedAt: now, weight: touch.weight }
  touchBook(human.truth, influence)
  human.lastEventAt = now
  return touchBook(books, influence) !== null
}

/** The platform sends the same form once more, by mistake: nothing new has happened. */
export function resend(company: Company, identity: Identity, touch: Touch, first: Instant, now: Instant): void {
  const { crm, staff } = company.world
  if (now - first >= 5 * MINUTE || identity.human.lastEventAt !== first) return
  crm.recordInteraction(identity.row, false, touch.channel, submittedOf(touch, null), now, staff.platform)
  identity.human.lastEventAt = now
}

/** Sales sets a status, by hand or by routing. */
export function changeStatus(company: Company, identity: Identity, status: string, now: Instant, by: Actor): void {
  const { human, row, books } = identity
  settle(human.truth, now)
  settle(books, now)
  if (!company.world.crm.setStatus(row, status, now, by)) return
  human.truth.object = row.object
  setStatus(human.truth, status, now)
  setStatus(books, status, now)
  human.lastEventAt = now
}

/** A lead becomes a contact: a new one, or one that exists because the person had been entered twice. */
export function convert(
  company: Company,
  identity: Identity,
  now: Instant,
  by: Actor,
  contactOwner: Actor,
  into: Identity | null = null,
): void {
  const { crm } = company.world
  const { human, books, row: lead } = identity
  settle(human.truth, now)
  settle(books, now)
  crm.setStatus(lead, 'Qualified', now, by)
  human.lastEventAt = now
  human.truth.object = 'Contact'
  if (into) {
    unite(into.books, books, now)
    crm.convert(lead, into.row, null, now, by)
    into.rows.push(...identity.rows)
    identity.absorbed = true
    return
  }
  const account = accountOf(company, contactOwner, now)
  const { details, leadSource, score } = lead
  const values = { details, account, leadSource, submitted: null, owner: contactOwner, status: 'Qualified', score }
  const contact = crm.createPerson('Contact', values, now, by, true)
  crm.convert(lead, contact, null, now, by)
  identity.row = contact
  identity.rows.push(contact)
  books.object = 'Contact'
}

/** Two rows of one object are merged. Gives false, and does nothing, where their histories would contradict. */
export function merge(company: Company, kept: Identity, other: Identity, now: Instant, by: Actor): boolean {
  if (kept.row.object !== other.row.object || kept.deal || other.deal) return false
  if (!canUnite(kept.books, other.books, now)) return false
  settle(kept.human.truth, now)
  company.world.crm.merge(kept.row, other.row, now, by)
  unite(kept.books, other.books, now)
  kept.rows.push(...other.rows)
  other.absorbed = true
  kept.human.lastEventAt = now
  return true
}

/** An opportunity is created, with contacts on it from the start or without. */
export function openDeal(
  company: Company,
  values: Readonly<{
    starter: Human | null
    joining: Identity | null
    fromLead: PersonRecord | null
    by: Actor
    owner: Actor
    leadSource: string
    stage: string
    amount: number
    closeDay: string
    type: string
    reason: string
  }>,
  now: Instant,
): DealStory {
  const { crm } = company.world
  const { starter, joining, fromLead, by, owner, leadSource, stage, amount, closeDay, type } = values
  const account = accountOf(company, owner, now)
  const name = `${company.name} - ${type}`
  const { currency } = company.territory
  const record = crm.createOpportunity(
    { account, name, type, leadSource, currency, owner, stage, amount, closeDay },
    now,
    by,
    fromLead !== null,
  )
  const deal: DealStory = {
    record,
    truth: newDeal(record.id, now),
    books: newDeal(record.id, now),
    starter,
    team: [],
    closedAt: null,
    reason: values.reason,
  }
  company.deals.push(deal)
  if (fromLead?.converted) fromLead.converted = { ...fromLead.converted, opportunity: record }
  if (starter) {
    const began = runningAt(starter.truth, now)
    if (began) {
      attribute(deal.truth, began)
      link(deal.truth, began)
    }
    starter.lastEventAt = now
    takeIn(deal, starter)
  } else fallBack(deal.truth)
  if (joining) {
    const role = addRoleRecord(company, deal, joining, now, by, true)
    joinAtCreation(deal.books, [[joining.books, role]])
    if (deal.truth.attribution) accompany(deal.truth, joining.human.truth, role)
    else joinAtCreation(deal.truth, [[joining.human.truth, role]])
    seat(deal, joining, now)
  }
  company.agenda.plan(now + 15 * MINUTE, () => fallBack(deal.books))
  return deal
}

/** A contact gets a role on an opportunity that is open already. */
export function addRole(
  company: Company,
  deal: DealStory,
  identity: Identity,
  now: Instant,
  by: Actor,
  primary: boolean,
): void {
  if (deal.reason === 'N5' && identity.human === deal.starter && !runningAt(identity.books, now)) {
    // By now the CRM takes whoever began it for dormant: the role begins a journey, too late to be credited.
    deal.reason = 'N6'
    if (identity.human.reason === 'N5') identity.human.reason = 'M1'
  }
  const before = deal.books.attribution
  const role = addRoleRecord(company, deal, identity, now, by, primary)
  join(deal.books, identity.books, role)
  accompany(deal.truth, identity.human.truth, role)
  seat(deal, identity, now)
  const after = deal.books.attribution
  if (after !== before && identity.human !== deal.starter) blame(deal, before ? 'N5' : 'L7')
}

/** Won or lost. */
export function closeDeal(company: Company, deal: DealStory, won: boolean, now: Instant, by: Actor): void {
  const { crm } = company.world
  crm.setStage(deal.record, won ? 'Closed Won' : 'Closed Lost', now, by)
  close(deal.books, won, now)
  close(deal.truth, won, now)
  deal.closedAt = now
  for (const human of deal.team) {
    human.lastEventAt = now
    for (const identity of human.identities) if (identity.deal === deal) identity.deal = null
  }
}

/** A lost deal comes back. */
export function reopenDeal(company: Company, deal: DealStory, now: Instant, by: Actor): void {
  company.world.crm.setStage(deal.record, 'Negotiation/Review', now, by)
  for (const human of deal.team) {
    settle(human.truth, now)
    for (const identity of human.identities) settle(identity.books, now)
    human.lastEventAt = now
  }
  reopen(deal.books)
  reopen(deal.truth)
  deal.closedAt = null
}

/** From here on the CRM tells another story of the deal, and perhaps of its people, than the true one. */
export function blame(deal: DealStory, rule: string): void {
  deal.reason ||= rule
  for (const human of deal.team) human.reason ||= deal.reason
}

/** The account row, made now if nobody has made it before. */
export function accountOf(company: Company, owner: Actor, now: Instant): AccountRecord {
  const { account, world, territory } = company
  account.record ??= world.crm.createAccount({
    name: company.name,
    industry: company.industry,
    employees: company.employees,
    country: company.country,
    website: `https://${company.domain}`,
    currency: territory.currency,
    owner,
    createdAt: now,
    createdBy: owner,
  })
  return account.record
}

/** Who a row belongs to, as a person: while it waits in a queue, the rep who would take it. */
export function keeperOf(company: Company, row: PersonRecord, now: Instant): Actor {
  const { staff } = company.world
  const waits = row.owner.id === staff.queueOf(company.territory).id
  return waits ? staff.bdr(company.territory, now, company.turn) : row.owner
}

/** Who in marketing uploads lists for a company. */
export function marketerOf(company: Company): Actor {
  const { marketing } = company.world.staff
  return marketing[company.turn % marketing.length] as Actor
}

function addRoleRecord(
  company: Company,
  deal: DealStory,
  identity: Identity,
  now: Instant,
  by: Actor,
  primary: boolean,
): Influence {
  const role = company.world.crm.addRole(deal.record, identity.row, identity.human.role, primary, now, by)
  const cause = { object: 'OpportunityContactRole', id: role.id } as const
  return { cause, at: now, recordedAt: now, weight: ROLE_WEIGHT }
}

function seat(deal: DealStory, identity: Identity, now: Instant): void {
  identity.deal = deal
  identity.human.lastEventAt = now
  identity.human.truth.object = 'Contact'
  takeIn(deal, identity.human)
}

function takeIn(deal: DealStory, human: Human): void {
  if (!deal.team.includes(human)) deal.team.push(human)
  if (deal.reason) blame(deal, deal.reason)
}

/**
 * The date a list gives for an interaction, if nothing has happened to the person since: a date inside an
 * older chapter of their story would leave open which journey it belongs to.
 */
function datable(human: Human, books: Follower, happenedAt: Instant | null, now: Instant): Instant | null {
  if (happenedAt === null || happenedAt >= now || happenedAt <= human.lastEventAt + MINUTE) return null
  for (const book of [human.truth, books])
    if (book.current?.completedAt && book.current.completedAt >= happenedAt) return null
  return happenedAt
}

function submittedOf(touch: Touch, happenedAt: Instant | null): Submitted {
  return { first: touch.first, last: touch.last, engagementType: touch.engagementType, happenedAt }
}

/** True where a touch brings any value that a row could be created with. */
function isTelling(touch: Touch): boolean {
  return touch.engagementType !== '' || touch.first.some((tag) => tag !== '') || touch.last.some((tag) => tag !== '')
}

function noteMember(company: Company, row: PersonRecord, touch: Touch | null, now: Instant, by: Actor): void {
  if (!touch?.campaign) return
  if (row.members.some((member) => member.campaign === touch.campaign)) return
  company.world.crm.addMember(row, touch.campaign, company.random.chance(820), now, by)
}
