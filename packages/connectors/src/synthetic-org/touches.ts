import type { Instant } from '@throughline/core'
import { assetOf, type Campaign, type CampaignCalendar, type CampaignKind } from './campaigns.ts'
import { DAY, MINUTE, SECOND } from './moments.ts'
import { type Random, type Weighted, weighted } from './random.ts'

/** Tags as somebody typed them: medium, source, campaign, content, term. Blank where none were given. */
export type TagValues = readonly [medium: string, source: string, campaign: string, content: string, term: string]

const NO_TAGS: TagValues = ['', '', '', '', '']

/** How a touch reached the CRM. */
export type Channel = 'form' | 'list-upload' | 'api' | 'manual'

/** One touch of a person before it is decided who has it and what it begins. */
export type Touch = Readonly<{
  /** When the CRM learns of it. */
  recordedAt: Instant
  /** When it happened, if the record says so; null where that is the time of recording. */
  happenedAt: Instant | null
  channel: Channel
  first: TagValues
  last: TagValues
  engagementType: string
  leadSource: string
  campaign: Campaign | null
  /** How eager it shows the person to be: 0 cold, 1 warm, 2 hot. */
  heat: 0 | 1 | 2
  /** What it truly weighs in a decision to buy, before shares are made of it. */
  weight: number
}>

/** Where touches come from. */
export type TouchOrigin =
  | CampaignKind
  | 'organic-search'
  | 'organic-social'
  | 'referral'
  | 'direct'
  | 'blocked-script'
  | 'bought-list'
  | 'inbound-call'
  | 'chat'

/** How people are met for the first time. */
export const FIRST_ORIGINS: Weighted<TouchOrigin> = weighted([
  ['paid-search', 150],
  ['paid-social', 130],
  ['organic-search', 140],
  ['organic-social', 30],
  ['referral', 40],
  ['direct', 50],
  ['blocked-script', 50],
  ['webinar', 100],
  ['trade-show', 90],
  ['content-syndication', 120],
  ['bought-list', 50],
  ['inbound-call', 25],
  ['chat', 25],
])

/** How people who are known already come back. */
export const LATER_ORIGINS: Weighted<TouchOrigin> = weighted([
  ['email', 260],
  ['webinar', 150],
  ['paid-search', 90],
  ['paid-social', 80],
  ['organic-search', 120],
  ['direct', 110],
  ['referral', 20],
  ['trade-show', 60],
  ['content-syndication', 45],
  ['field-event', 25],
  ['chat', 30],
  ['blocked-script', 10],
])

const PAID_SEARCH_MEDIA = weighted(['cpc', 'cpc', 'PPC', 'paid-search', 'Paid Search', 'paidsearch', 'ppc '].map(one))
const PAID_SOCIAL_MEDIA = weighted(['paid-social', 'paid-social', 'paidsocial', 'Paid Social', 'social-paid'].map(one))
const SEARCH_ENGINES = weighted(['google', 'google', 'google', 'Google', 'bing', 'adwords'].map(one))
const NETWORKS = weighted(['linkedin', 'linkedin', 'LinkedIn', 'facebook', 'meta', 'li'].map(one))
const TERMS = weighted(['warehouse robots', 'amr picking', 'goods to person', 'warehouse automation cost', ''].map(one))
const CONTENTS = weighted(['carousel-a', 'carousel-b', 'video-30s', 'static_1', ''].map(one))
const REFERRERS = weighted(['roboticstoday.example', 'supplychainreview.example', 'partners.example'].map(one))

const ASSET_OFFERS = weighted<readonly [type: string, heat: 0 | 1 | 2, weight: number]>([
  [['Whitepaper - Buyer Guide', 1, 14], 30],
  [['Whitepaper - ROI Workbook', 1, 18], 24],
  [['whitepaper - roi workbook', 1, 18], 3],
  [['Webinar Registration', 1, 10], 12],
  [['Newsletter Signup', 0, 4], 12],
  [['Case Study', 1, 12], 12],
  [['Demo Request', 2, 40], 14],
  [['Contact Us', 2, 30], 8],
  [['', 0, 6], 3],
])

const RETURN_OFFERS = weighted<readonly [type: string, heat: 0 | 1 | 2, weight: number]>([
  [['Demo Request', 2, 40], 22],
  [['Contact Us', 2, 30], 9],
  [['Pricing Request', 2, 36], 10],
  [['Whitepaper - ROI Workbook', 1, 18], 18],
  [['Whitepaper - Integration Checklist', 1, 16], 14],
  [['Case Study', 1, 12], 16],
  [['Newsletter Signup', 0, 4], 11],
])

/**
 * Thinks up a touch at or soon after a moment. Lists arrive when their campaign's list is uploaded, with the
 * day of the event; everything else arrives when it happens. Where no such campaign follows, a direct visit.
 */
export function thinkUpTouch(
  random: Random,
  calendar: CampaignCalendar,
  origin: TouchOrigin,
  at: Instant,
  known: boolean,
): Touch {
  switch (origin) {
    case 'webinar':
    case 'trade-show':
    case 'content-syndication':
    case 'field-event':
      return listed(random, calendar, origin, at) ?? visit(random, 'direct', at, known, null)
    case 'paid-search':
    case 'paid-social':
    case 'email':
      return visit(random, origin, at, known, calendar.runningAt(origin, at, random))
    case 'bought-list':
      return boughtList(random, at)
    case 'inbound-call':
      return {
        ...plainTouch(at, 'manual'),
        leadSource: random.chance(900) ? 'Marketing - Inbound Call/Email' : '',
        heat: 2,
        weight: 34,
      }
    default:
      return visit(random, origin, at, known, null)
  }
}

function visit(random: Random, origin: TouchOrigin, at: Instant, known: boolean, campaign: Campaign | null): Touch {
  const [engagementType, heat, weight] = random.from(known ? RETURN_OFFERS : ASSET_OFFERS)
  const last = tagsOf(random, origin, campaign)
  const blocked = origin === 'blocked-script'
  return {
    ...plainTouch(at, origin === 'chat' ? 'api' : 'form'),
    // Some who come back have an older visit on record as their first click.
    first: blocked ? NO_TAGS : random.chance(200) ? tagsOf(random, 'organic-search', null) : last,
    last: random.chance(60) ? NO_TAGS : last,
    engagementType: blocked && !known ? '' : origin === 'chat' ? 'Chat' : engagementType,
    leadSource: random.chance(940) ? 'Marketing - Website' : random.chance(500) ? 'Web' : '',
    campaign,
    heat,
    weight,
  }
}

function listed(random: Random, calendar: CampaignCalendar, kind: CampaignKind, at: Instant): Touch | null {
  const campaign = calendar.uploadedAfter(kind, at, random)
  if (!campaign || campaign.uploadedAt === null) return null
  const recordedAt = campaign.uploadedAt + random.below(1500) * SECOND
  const dated = random.chance(850)
  const base = { ...plainTouch(recordedAt, 'list-upload'), happenedAt: dated ? campaign.heldAt : null, campaign }
  switch (kind) {
    case 'webinar': {
      const tags: TagValues = [random.chance(700) ? 'webinar' : 'Webinar', 'zoom', campaign.slug, '', '']
      const engagementType = `Webinar - ${assetOf(campaign)}`
      return {
        ...base,
        first: NO_TAGS,
        last: tags,
        engagementType,
        leadSource: 'Marketing - List Import',
        heat: 1,
        weight: 20,
      }
    }
    case 'trade-show': {
      const medium = random.chance(600) ? 'tradeshow' : random.chance(500) ? 'Trade Show' : 'trade-show'
      const tags: TagValues = [medium, campaign.slug.split('-')[0] ?? '', campaign.name, '', '']
      const hot = random.chance(220)
      return {
        ...base,
        first: tags,
        last: NO_TAGS,
        engagementType: hot ? 'Booth Demo' : random.chance(850) ? 'Booth Scan' : '',
        leadSource: 'Marketing - Tradeshow/Event',
        heat: hot ? 2 : 0,
        weight: hot ? 32 : 8,
      }
    }
    case 'field-event':
      return {
        ...base,
        last: ['event', 'field-dinner', campaign.slug, '', ''],
        engagementType: 'Dinner Attended',
        leadSource: 'Marketing - Tradeshow/Event',
        heat: 1,
        weight: 24,
      }
    default: {
      const tags: TagValues = [
        'content-syndication',
        random.chance(600) ? 'techtarget' : 'netline',
        campaign.slug,
        '',
        '',
      ]
      return {
        ...base,
        first: NO_TAGS,
        last: tags,
        engagementType: `Whitepaper - ${assetOf(campaign)}`,
        leadSource: 'Marketing - Paid Media List Import',
        heat: 0,
        weight: 7,
      }
    }
  }
}

function boughtList(random: Random, at: Instant): Touch {
  // A bought list is loaded in one go on some weekday morning.
  const recordedAt = at - (at % DAY) + 10 * 60 * MINUTE + random.below(900) * SECOND
  const leadSource = random.chance(800) ? 'Sales - List Import' : random.chance(500) ? 'List' : ''
  return { ...plainTouch(recordedAt, 'list-upload'), leadSource, weight: 3 }
}

function plainTouch(at: Instant, channel: Channel): Touch {
  return {
    recordedAt: at,
    happenedAt: null,
    channel,
    first: NO_TAGS,
    last: NO_TAGS,
    engagementType: '',
    leadSource: '',
    campaign: null,
    heat: 0,
    weight: 6,
  }
}

function tagsOf(random: Random, origin: TouchOrigin, campaign: Campaign | null): TagValues {
  const slug = campaign?.slug ?? ''
  switch (origin) {
    case 'paid-search':
      return [random.from(PAID_SEARCH_MEDIA), random.from(SEARCH_ENGINES), slug, '', random.from(TERMS)]
    case 'paid-social':
      return [random.from(PAID_SOCIAL_MEDIA), random.from(NETWORKS), slug, random.from(CONTENTS), '']
    case 'email':
      return [random.chance(850) ? 'email' : 'Email', 'newsletter', slug, '', '']
    case 'organic-search':
      return ['Organic Search', random.chance(850) ? 'google.com' : 'bing.com', '', '', '']
    case 'organic-social':
      return ['Organic Social', 'linkedin.com', '', '', '']
    case 'referral':
      return ['Referral', random.from(REFERRERS), '', '', '']
    case 'chat':
      return ['chat', 'website', '', '', '']
    case 'blocked-script':
      return NO_TAGS
    default:
      return random.chance(700) ? ['Direct', '', '', '', ''] : NO_TAGS
  }
}

function one(value: string): readonly [string, number] {
  return [value, 1]
}
