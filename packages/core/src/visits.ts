import { DAY_MS } from './calendar.ts'
import type { Instant, Tags } from './facts.ts'

/** A page somebody came to, and the page they came from as the browser tells it. */
export type Arrival = Readonly<{
  at: Instant
  /** The whole address of the page, with its query. */
  landing: string
  /** The address of the page before; absent where the browser tells none. */
  referrer?: string | undefined
}>

/** How a company reads visits to its own sites. */
export type VisitRules = Readonly<{
  /** How many days a visit is remembered. [F2] */
  retentionDays: number
  /** Domains that are the company's own, with all that lie under them. The landing page's own host always is. [F7] */
  ownDomains: readonly string[]
  /**
   * Hosts of search engines and of social networks: `example.com` is that host, `*.example.com` also what lies under
   * it, and `example.*` the same name under any country's ending. A leading `www.` is never part of a host here. [F8]
   */
  searchHosts: readonly string[]
  socialHosts: readonly string[]
  /** Parameters that advertising networks add to paid clicks, and what such a click counts as where there are no tags. */
  clickIds: readonly Readonly<{ parameter: string; medium: string; source: string }>[]
  /** A visit without a source leaves the last click as it was, where there was one. [Z29] */
  keepLastNonDirect: boolean
}>

/** What a form brings along of its visitor. */
export type Clicks = Readonly<{ first?: Tags; last?: Tags }>

/** Longer values are cut, as CRM fields cut them. */
const LONGEST_VALUE = 255

const DIRECT: Tags = { medium: 'Direct', source: 'Direct' }

/**
 * First and last click of a visitor at a moment: of the visits that are still remembered, the oldest and the newest.
 * Nothing where none is. The same arrivals give the same clicks in whatever order they are told. [F2] [F3]
 */
export function clicksOfVisitor(arrivals: readonly Arrival[], now: Instant, rules: VisitRules): Clicks {
  const oldest = now - rules.retentionDays * DAY_MS
  const visits = arrivals
    .filter(({ at }) => at > oldest && at <= now)
    .sort((a, b) => a.at - b.at || (a.landing < b.landing ? -1 : 1))
    .flatMap((arrival) => visitOf(arrival, rules) ?? [])
  const first = visits[0]
  if (!first) return {}
  const sourced = rules.keepLastNonDirect ? visits.findLast((visit) => visit !== DIRECT) : undefined
  return { first, last: sourced ?? (visits.at(-1) as Tags) }
}

/** What one arrival says of where somebody came from; null where they only went from page to page. [F1] [F7] [F8] */
export function visitOf({ landing, referrer }: Arrival, rules: VisitRules): Tags | null {
  const here = hostOf(landing)
  const from = hostOf(referrer ?? '')
  if (from !== undefined && (from === here || rules.ownDomains.some((domain) => isUnder(from, plainHost(domain)))))
    return null
  const query = queryOf(landing)
  const tags = tagsIn(query)
  if (tags) return tags
  for (const { parameter, medium, source } of rules.clickIds)
    if (query.get(parameter.toLowerCase())) return { medium, source }
  if (from === undefined) return DIRECT
  if (rules.searchHosts.some((entry) => isHost(from, entry))) return { medium: 'Organic Search', source: from }
  if (rules.socialHosts.some((entry) => isHost(from, entry))) return { medium: 'Organic Social', source: from }
  return { medium: 'Referral', source: from }
}

/** The tags in an address, as they are written there; undefined where there is none. */
function tagsIn(query: ReadonlyMap<string, string>): Tags | undefined {
  const tags: { -readonly [Name in keyof Tags]: Tags[Name] } = {}
  let any = false
  for (const name of ['medium', 'source', 'campaign', 'content', 'term'] as const) {
    const value = query.get(`utm_${name}`)
    if (value === undefined) continue
    tags[name] = value
    any = true
  }
  return any ? tags : undefined
}

/** The parameters of an address by their names in lower case; of several with one name the first that is not blank. */
function queryOf(address: string): Map<string, string> {
  const found = new Map<string, string>()
  const query = /\?([^#]*)/.exec(address)?.[1] ?? ''
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=')
    if (at < 0) continue
    const name = decoded(pair.slice(0, at)).toLowerCase()
    const value = decoded(pair.slice(at + 1))
    if (value !== '' && !found.has(name)) found.set(name, value)
  }
  return found
}

/** Text out of an address: what cannot be decoded stays as written; control characters and blanks around it go. */
function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  let plain = spaced
  try {
    plain = decodeURIComponent(spaced)
  } catch {
    // A stray percent sign, as in `utm_content=50%off`.
  }
  return plain
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, LONGEST_VALUE)
    .replace(/\p{Cs}/gu, '')
    .trim()
}

/** The host of an address in lower case without a leading `www.`; undefined where it has none. */
function hostOf(address: string): string | undefined {
  const host = /^\s*[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@\s]*@)?([^/?#:\s]+)/i.exec(address)?.[1]
  return host === undefined ? undefined : plainHost(host)
}

function plainHost(host: string): string {
  return host
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '')
}

function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}

/** Whether a host is what an entry of a list names; see `VisitRules`. */
function isHost(host: string, entry: string): boolean {
  const anyBelow = entry.startsWith('*.')
  const name = plainHost(anyBelow ? entry.slice(2) : entry)
  if (!name.endsWith('.*')) return anyBelow ? isUnder(host, name) : host === name
  const labels = host.split('.')
  // An ending is a country's or `com`, or two such as `co.uk`.
  for (const length of [1, 2]) {
    const ending = labels.slice(-length)
    if (ending.length === length && ending.every((label) => label.length <= 3)) {
      const rest = labels.slice(0, -length).join('.')
      if (anyBelow ? isUnder(rest, name.slice(0, -2)) : rest === name.slice(0, -2)) return true
    }
  }
  return false
}

/** What visits are read with where a company says nothing else. */
export const DEFAULT_VISIT_RULES: VisitRules = {
  retentionDays: 30,
  ownDomains: [],
  searchHosts: [
    'google.*',
    'bing.com',
    'cn.bing.com',
    'duckduckgo.com',
    'ecosia.org',
    'search.brave.com',
    'startpage.com',
    'qwant.com',
    'mojeek.com',
    'kagi.com',
    '*.search.yahoo.com',
    'search.yahoo.co.jp',
    'search.aol.com',
    '*.baidu.com',
    'yandex.*',
    'ya.ru',
    'search.naver.com',
    'm.search.naver.com',
    'search.daum.net',
    'search.seznam.cz',
    'sogou.com',
    'so.com',
    'coccoc.com',
    'com.google.android.googlequicksearchbox',
  ],
  socialHosts: [
    '*.facebook.com',
    '*.instagram.com',
    '*.linkedin.com',
    'lnkd.in',
    'com.linkedin.android',
    '*.twitter.com',
    'x.com',
    't.co',
    '*.youtube.com',
    'youtu.be',
    '*.tiktok.com',
    '*.reddit.com',
    '*.pinterest.*',
    'pin.it',
    '*.threads.net',
    '*.threads.com',
    '*.bsky.app',
    'mastodon.social',
    '*.xing.com',
    '*.vk.com',
    '*.weibo.com',
    '*.quora.com',
    '*.snapchat.com',
    '*.whatsapp.com',
    't.me',
    'web.telegram.org',
  ],
  // Not `fbclid`: that network marks every link that leaves it, paid or not.
  clickIds: [
    { parameter: 'gclid', medium: 'Paid Search', source: 'google' },
    { parameter: 'gbraid', medium: 'Paid Search', source: 'google' },
    { parameter: 'wbraid', medium: 'Paid Search', source: 'google' },
    { parameter: 'dclid', medium: 'Paid Display', source: 'google' },
    { parameter: 'msclkid', medium: 'Paid Search', source: 'bing' },
    { parameter: 'li_fat_id', medium: 'Paid Social', source: 'linkedin' },
    { parameter: 'ttclid', medium: 'Paid Social', source: 'tiktok' },
    { parameter: 'twclid', medium: 'Paid Social', source: 'x' },
    { parameter: 'rdt_cid', medium: 'Paid Social', source: 'reddit' },
    { parameter: 'sccid', medium: 'Paid Social', source: 'snapchat' },
  ],
  keepLastNonDirect: false,
}
