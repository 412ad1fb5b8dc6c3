import { civilOf, dayNumber, type Instant } from '@throughline/core'
import { DAY, HOUR, MINUTE } from './moments.ts'
import { type Random, randomFrom } from './random.ts'
import { idsOf } from './salesforce-id.ts'

/** What a campaign is made of decides how its responses reach the CRM. */
export type CampaignKind =
  | 'paid-search'
  | 'paid-social'
  | 'email'
  | 'webinar'
  | 'trade-show'
  | 'content-syndication'
  | 'field-event'

export type Campaign = Readonly<{
  id: string
  kind: CampaignKind
  /** As Salesforce's standard picklist calls it. */
  type: string
  name: string
  /** As it is written into tags. */
  slug: string
  startsAt: Instant
  endsAt: Instant
  /** When people took part, for events; null where they come at any time. */
  heldAt: Instant | null
  /** When its list is uploaded, for events and syndication; null where responses come one by one. */
  uploadedAt: Instant | null
  /** Whole US dollars. */
  budget: number
  responded: string
  notResponded: string
}>

/** All campaigns of the years we look at, and which of them a touch may belong to. */
export type CampaignCalendar = Readonly<{
  campaigns: readonly Campaign[]
  /** One that runs at a moment; null where none does. */
  runningAt(kind: CampaignKind, at: Instant, random: Random): Campaign | null
  /** The one whose list is uploaded next; null where none is any more. */
  uploadedAfter(kind: CampaignKind, at: Instant, random: Random): Campaign | null
}>

const SHOWS: readonly (readonly [month: number, name: string, slug: string])[] = [
  [3, 'ProMat', 'promat'],
  [4, 'Cold Chain Summit', 'cold-chain-summit'],
  [5, 'Logistics Live', 'logistics-live'],
  [6, 'Retail Supply Forum', 'retail-supply-forum'],
  [9, 'Warehouse World', 'warehouse-world'],
  [10, 'Robotics & Automation Expo', 'robotics-automation-expo'],
  [11, 'Peak Season Congress', 'peak-season-congress'],
]

const WEBINARS = [
  'Picking Without Walking',
  'What Robots Cost',
  'Peak Season Readiness',
  'Safety on the Floor',
  'From Pallet to Parcel',
  'Ask the Engineers',
]

const PAPERS = [
  'Buyer Guide',
  'ROI Workbook',
  'Automation Maturity Model',
  'State of the Warehouse',
  'Integration Checklist',
]

/** Lays out the marketing calendar: events with their seasons, programmes by quarter, newsletters every month. */
export function planCampaigns(seed: number | string, start: Instant, end: Instant): CampaignCalendar {
  const random = randomFrom(seed, 'campaigns')
  const nextId = idsOf('campaign')
  const campaigns: Campaign[] = []
  const add = (campaign: Omit<Campaign, 'id'>) => {
    if (campaign.startsAt < end) campaigns.push({ id: nextId(), ...campaign })
  }

  const [firstYear, firstMonth] = civilOf(Math.floor(start / DAY))
  for (let index = 0; ; index++) {
    const month = ((firstMonth - 1 + index) % 12) + 1
    const year = firstYear + Math.floor((firstMonth - 1 + index) / 12)
    const at = dayNumber(year, month, 1) * DAY
    if (at >= end) break
    planMonth(random, year, month, at, add)
  }

  const byKind = new Map<CampaignKind, Campaign[]>()
  for (const campaign of campaigns) {
    const list = byKind.get(campaign.kind)
    if (list) list.push(campaign)
    else byKind.set(campaign.kind, [campaign])
  }
  for (const list of byKind.values()) list.sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1))

  return {
    campaigns,
    runningAt: (kind, at, choice) => {
      const running = (byKind.get(kind) ?? []).filter((one) => one.startsAt <= at && at < one.endsAt)
      return running.length ? choice.pick(running) : null
    },
    uploadedAfter: (kind, at, choice) => {
      const list = byKind.get(kind) ?? []
      const first = list.findIndex((one) => (one.uploadedAt ?? 0) > at)
      if (first < 0) return null
      const next = list.slice(first, first + 2).filter((one) => (one.uploadedAt ?? 0) < at + 60 * DAY)
      return next.length ? choice.pick(next) : null
    },
  }
}

function planMonth(
  random: Random,
  year: number,
  month: number,
  at: Instant,
  add: (campaign: Omit<Campaign, 'id'>) => void,
): void {
  const stamp = `${year}-${month < 10 ? '0' : ''}${month}`
  const quarter = `${year}-q${Math.floor((month + 2) / 3)}`
  const opensQuarter = month % 3 === 1

  add({
    kind: 'email',
    type: 'Email',
    name: `${stamp} Newsletter`,
    slug: `newsletter-${stamp}`,
    startsAt: at + 4 * DAY,
    endsAt: at + 34 * DAY,
    heldAt: null,
    uploadedAt: null,
    budget: 900,
    responded: 'Responded',
    notResponded: 'Sent',
  })
  for (let turn = random.between(1, 2); turn > 0; turn--) {
    const title = random.pick(WEBINARS)
    const held = at + random.between(6, 24) * DAY + 15 * HOUR
    add({
      kind: 'webinar',
      type: 'Webinar',
      name: `${stamp} Webinar - ${title}`,
      slug: `webinar-${title.toLowerCase().replace(/[^a-z]+/g, '-')}-${stamp}`,
      startsAt: held - 21 * DAY,
      endsAt: held + 1 * DAY,
      heldAt: held,
      uploadedAt: held + 18 * HOUR + random.between(0, 180) * MINUTE,
      budget: 4000,
      responded: 'Attended',
      notResponded: 'Registered',
    })
  }
  for (const [showMonth, name, slug] of SHOWS) {
    if (showMonth !== month) continue
    const held = at + random.between(5, 20) * DAY + 12 * HOUR
    add({
      kind: 'trade-show',
      type: 'Trade Show',
      name: `${name} ${year}`,
      slug: `${slug}-${year}`,
      startsAt: held - DAY,
      endsAt: held + 3 * DAY,
      heldAt: held,
      uploadedAt: held + random.between(3, 8) * DAY + random.between(0, 240) * MINUTE,
      budget: 45_000,
      responded: 'Visited Booth',
      notResponded: 'Scanned',
    })
  }
  if (opensQuarter) {
    const paper = random.pick(PAPERS)
    add({
      kind: 'paid-search',
      type: 'Advertisement',
      name: `${quarter.toUpperCase()} Paid Search - Non-Brand`,
      slug: `nonbrand-${quarter}`,
      startsAt: at,
      endsAt: at + 92 * DAY,
      heldAt: null,
      uploadedAt: null,
      budget: 60_000,
      responded: 'Responded',
      notResponded: 'Sent',
    })
    add({
      kind: 'paid-social',
      type: 'Advertisement',
      name: `${quarter.toUpperCase()} Paid Social - ${paper}`,
      slug: `wp-${paper.toLowerCase().replace(/[^a-z]+/g, '-')}-${quarter}`,
      startsAt: at,
      endsAt: at + 92 * DAY,
      heldAt: null,
      uploadedAt: null,
      budget: 38_000,
      responded: 'Responded',
      notResponded: 'Sent',
    })
  }
  // Two lists a month from the syndication partner.
  for (const half of [9, 23]) {
    const paper = random.pick(PAPERS)
    const uploaded = at + half * DAY + random.between(9, 16) * HOUR + random.between(0, 59) * MINUTE
    add({
      kind: 'content-syndication',
      type: 'Content Syndication',
      name: `${stamp} Content Syndication - ${paper} (${half < 12 ? 'A' : 'B'})`,
      slug: `cs-${stamp}-${half < 12 ? 'a' : 'b'}`,
      startsAt: uploaded - 14 * DAY,
      endsAt: uploaded,
      heldAt: uploaded - random.between(2, 6) * DAY,
      uploadedAt: uploaded,
      budget: 7_500,
      responded: 'Downloaded',
      notResponded: 'Sent',
    })
  }
  if (month === 2 || month === 6 || month === 10) {
    const held = at + random.between(8, 22) * DAY + 18 * HOUR
    add({
      kind: 'field-event',
      type: 'Field Event',
      name: `${stamp} Executive Dinner`,
      slug: `dinner-${stamp}`,
      startsAt: held - 30 * DAY,
      endsAt: held + DAY,
      heldAt: held,
      uploadedAt: held + random.between(1, 4) * DAY,
      budget: 12_000,
      responded: 'Attended',
      notResponded: 'Invited',
    })
  }
}

/** The title in a programme's name, such as `Buyer Guide` in `… - Buyer Guide (A)`. */
export function assetOf(campaign: Campaign): string {
  const title = campaign.name.split(' - ')[1] ?? campaign.name
  return title.replace(/ \([AB]\)$/, '')
}
