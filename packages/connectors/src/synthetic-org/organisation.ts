import { type Day, parseDay } from '@throughline/core'
import { type CampaignCalendar, planCampaigns } from './campaigns.ts'
import { type Company, groupSizeOf, makeCompany, type World } from './company.ts'
import { openCrm } from './crm.ts'
import { planOutbound } from './deal-story.ts'
import type { OrgRow, RowSink } from './files.ts'
import { settle } from './journey-book.ts'
import { DAY, dayText, salesforceTime, weekdayOf } from './moments.ts'
import { enterByHand, expect } from './person-story.ts'
import { hireStaff, type Staff, staffAddress } from './staff.ts'
import { writeTruth } from './truth.ts'

/** What company to make up. Equal options give equal bytes on every machine. */
export type OrgOptions = Readonly<{
  /** How many human beings, 10 to 1,000,000. Some have more than one row. */
  people: number
  seed: number | string
  /** The last day of the history, in UTC. */
  until: Day
  /** How far back it goes; 2.5 unless given. */
  years?: number
}>

/** Options that no company can be made from. */
export class OrgOptionsError extends Error {
  override readonly name = 'OrgOptionsError'
  readonly code = 'org-options-invalid'
}

/** How busy months are, January first, and that business grows: an integer for each day. */
const SEASON = [9, 10, 12, 11, 11, 10, 7, 6, 12, 13, 12, 6]

/**
 * Makes up a company and everything that happened to it, one customer after another, so that any size needs
 * little memory. Rows of a file come in no order of time.
 *
 * @throws OrgOptionsError where the options make no sense.
 */
export function* generateOrg(options: OrgOptions): Generator<OrgRow, void, undefined> {
  const { people, seed, start, end } = periodOf(options)
  const rows: OrgRow[] = []
  const sink: RowSink = (file, row) => {
    rows.push({ file, row })
  }
  const staff = hireStaff(seed, people, start, end)
  const calendar = planCampaigns(seed, start, end)
  const world: World = { seed, staff, calendar, crm: openCrm(sink), start, end, busyness: busynessOf(start, end) }

  fileStaff(staff, end, sink)
  fileCampaigns(calendar, staff, end, sink)
  yield* rows
  rows.length = 0

  for (let index = 0, made = 0; made < people; index++) {
    const size = Math.min(groupSizeOf(seed, index), people - made)
    const company = makeCompany(world, index, made + 1, size)
    made += size
    liveThrough(company)
    file(company, sink)
    yield* rows
    rows.length = 0
  }
}

/** The moment at which the generated history, and with it the truth, is complete. */
export function historyEnd(options: OrgOptions): number {
  return periodOf(options).end - 1
}

function periodOf(options: OrgOptions) {
  const { people, seed, until, years = 2.5 } = options
  if (!Number.isInteger(people) || people < 10 || people > 1_000_000)
    throw new OrgOptionsError(`people must be a whole number from 10 to 1000000, not ${people}.`)
  if (!(years >= 0.5 && years <= 10)) throw new OrgOptionsError(`years must be from 0.5 to 10, not ${years}.`)
  const last = parseDay(until)
  if (last === undefined) throw new OrgOptionsError(`until must be a calendar day such as 2026-11-21, not ${until}.`)
  const end = (last + 1) * DAY
  return { people, seed, end, start: end - Math.floor(years * 365.25) * DAY }
}

function busynessOf(start: number, end: number): readonly number[] {
  const totals: number[] = []
  let total = 0
  for (let at = start; at < end; at += DAY) {
    const grown = 100 + Math.floor((140 * (at - start)) / (end - start))
    const month = Number(dayText(at).slice(5, 7))
    const weekday = weekdayOf(at)
    total += grown * (SEASON[month - 1] as number) * (weekday === 0 || weekday === 6 ? 2 : 10)
    totals.push(total)
  }
  return totals
}

function liveThrough(company: Company): void {
  const { end } = company.world
  expect(company)
  planOutbound(company, enterByHand)
  company.agenda.run(end)
  for (const human of company.humans) {
    settle(human.truth, end - 1)
    for (const identity of human.identities) if (!identity.absorbed) settle(identity.books, end - 1)
  }
}

function file(company: Company, sink: RowSink): void {
  const { crm } = company.world
  for (const human of company.humans) {
    const rows = new Set(human.identities.flatMap((identity) => identity.rows))
    for (const row of rows) crm.filePerson(row)
  }
  for (const deal of company.deals) crm.fileOpportunity(deal.record)
  writeTruth(company, sink)
}

function fileStaff(staff: Staff, end: number, sink: RowSink): void {
  for (const user of staff.users) {
    const { id, firstName, lastName, name, title, department, roleId, role, managerId, hiredAt, leftAt } = user
    const address = staffAddress(user)
    const gone = leftAt !== null && leftAt < end
    const changed = salesforceTime(gone ? leftAt : hiredAt)
    const work = [title, department, roleId, role, 'Standard', String(!gone), managerId]
    sink('User.csv', [
      id,
      address,
      firstName,
      lastName,
      name,
      address,
      ...work,
      salesforceTime(hiredAt),
      changed,
      changed,
    ])
  }
  const founded = salesforceTime(staff.operations.hiredAt)
  for (const queue of staff.queues)
    sink('Group.csv', [queue.id, queue.name, queue.developerName, 'Queue', founded, founded, founded])
}

function fileCampaigns(calendar: CampaignCalendar, staff: Staff, end: number, sink: RowSink): void {
  const owner = staff.marketing[0]?.id ?? ''
  for (const { id, name, type, startsAt, endsAt, budget } of calendar.campaigns) {
    const over = endsAt < end
    const planned = salesforceTime(startsAt - 20 * DAY)
    const state = [over ? 'Completed' : 'In Progress', String(!over), dayText(startsAt), dayText(endsAt)]
    const money = [`${budget}.00`, 'USD', owner]
    sink('Campaign.csv', [id, 'false', name, type, ...state, ...money, planned, owner, planned, owner, planned])
  }
}
