import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Arrival, clicksOfVisitor, DAY_MS, DEFAULT_VISIT_RULES, visitOf } from '../src/index.ts'

const RULES = { ...DEFAULT_VISIT_RULES, ownDomains: ['acme.example'] }
const HERE = 'https://www.acme.example/page'
const from = (referrer: string | undefined, landing = HERE) => visitOf({ at: 0, landing, referrer }, RULES)

describe('a visit', () => {
  test.each([
    ['https://www.google.com/', 'Organic Search', 'google.com'],
    ['https://www.google.co.uk/search?q=x', 'Organic Search', 'google.co.uk'],
    ['https://google.com.br/', 'Organic Search', 'google.com.br'],
    [
      'android-app://com.google.android.googlequicksearchbox/https/www.google.com',
      'Organic Search',
      'com.google.android.googlequicksearchbox',
    ],
    ['https://uk.search.yahoo.com/', 'Organic Search', 'uk.search.yahoo.com'],
    ['https://mail.google.com/mail', 'Referral', 'mail.google.com'],
    ['https://google.evil.example/', 'Referral', 'google.evil.example'],
    ['https://notbing.com/', 'Referral', 'notbing.com'],
    ['https://lnkd.in/abc', 'Organic Social', 'lnkd.in'],
    ['https://WWW.Facebook.com:443/x', 'Organic Social', 'facebook.com'],
    ['https://uk.pinterest.co.uk/', 'Organic Social', 'uk.pinterest.co.uk'],
    ['https://user:word@partner.example/', 'Referral', 'partner.example'],
    ['', 'Direct', 'Direct'],
    ['about:blank', 'Direct', 'Direct'],
  ])('[F8] from %j is %s by %s', (referrer, medium, source) => {
    expect(from(referrer)).toEqual({ medium, source })
  })

  test.each(['https://acme.example/', 'https://shop.acme.example/basket', 'https://www.acme.example'])(
    '[F7] from %s is none',
    (referrer) => {
      expect(from(referrer, `${HERE}?utm_medium=banner`)).toBeNull()
    },
  )

  test('[F7] from the same host is none, whatever the own domains', () => {
    const at = { at: 0, landing: 'https://other.example/b', referrer: 'https://www.other.example/a' }
    expect(visitOf(at, RULES)).toBeNull()
    expect(from('https://notacme.example/')).toEqual({ medium: 'Referral', source: 'notacme.example' })
  })

  test.each([
    ['?utm_medium=cpc&utm_source=bing', { medium: 'cpc', source: 'bing' }],
    ['?a=b&UTM_Campaign=Spring+News%21#utm_medium=no', { campaign: 'Spring News!' }],
    ['?utm_medium=&utm_medium=second&utm_medium=third', { medium: 'second' }],
    ['?utm_content=50%off&utm_term=%0A robots ', { content: '50%off', term: 'robots' }],
    [`?utm_term=${'x'.repeat(254)}🎉`, { term: 'x'.repeat(254) }],
    ['?gclid=abc', { medium: 'Paid Search', source: 'google' }],
    ['?GCLID=abc&utm_source=newsletter', { source: 'newsletter' }],
    ['?li_fat_id=abc', { medium: 'Paid Social', source: 'linkedin' }],
    ['?gclid=', { medium: 'Referral', source: 'blog.example' }],
    ['?fbclid=abc', { medium: 'Referral', source: 'blog.example' }],
  ])('[F1] to %s has the tags %j', (query, tags) => {
    expect(from('https://blog.example/post', HERE + query)).toEqual(tags)
  })

  test('is never an error, whatever an address holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (a, b) => {
        const tags = visitOf({ at: 0, landing: `https://acme.example/?utm_medium=${a}`, referrer: b }, RULES)
        for (const value of Object.values(tags ?? {})) expect(value).toMatch(/^[^\p{Cc}\p{Cs}]{1,255}$/u)
      }),
    )
  })
})

describe('a visitor', () => {
  const tagged = (at: number, medium: string): Arrival => ({ at, landing: `${HERE}?utm_medium=${medium}` })
  const direct = (at: number): Arrival => ({ at, landing: HERE })

  test('[F2] [F3] is remembered by the oldest and the newest visit of the days that count', () => {
    const visits = [tagged(0, 'a'), tagged(10 * DAY_MS, 'b'), tagged(20 * DAY_MS, 'c')]
    const clicks = (day: number) => {
      const { first, last } = clicksOfVisitor(visits, day * DAY_MS, RULES)
      return [first?.medium, last?.medium]
    }
    expect(clicks(0)).toEqual(['a', 'a'])
    expect(clicks(15)).toEqual(['a', 'b'])
    expect(clicks(29)).toEqual(['a', 'c'])
    expect(clicks(30)).toEqual(['b', 'c'])
    expect(clicks(49)).toEqual(['c', 'c'])
    expect(clicks(50)).toEqual([undefined, undefined])
  })

  test('[F3] has the same clicks in whatever order visits are told', () => {
    const visit = fc.tuple(fc.nat(40), fc.constantFrom('a', 'b', ''))
    fc.assert(
      fc.property(
        fc
          .uniqueArray(visit, { selector: ([day]) => day })
          .chain((visits) =>
            fc.tuple(
              fc.constant(visits),
              fc.shuffledSubarray(visits, { minLength: visits.length }),
              fc.nat(60),
              fc.boolean(),
            ),
          ),
        ([visits, shuffled, day, keepLastNonDirect]) => {
          const clicks = (all: typeof visits) =>
            clicksOfVisitor(
              all.map(([at, medium]) => (medium ? tagged(at * DAY_MS, medium) : direct(at * DAY_MS))),
              day * DAY_MS,
              { ...RULES, keepLastNonDirect },
            )
          expect(clicks(shuffled)).toEqual(clicks(visits))
        },
      ),
    )
  })

  test('[Z29] keeps a last click that had a source, where the company says so and one is remembered', () => {
    const rules = { ...RULES, keepLastNonDirect: true }
    const visits = [tagged(0, 'a'), direct(2 * DAY_MS)]
    expect(clicksOfVisitor(visits, 3 * DAY_MS, rules).last).toEqual({ medium: 'a' })
    expect(clicksOfVisitor(visits, 31 * DAY_MS, rules).last).toEqual({ medium: 'Direct', source: 'Direct' })
    expect(clicksOfVisitor(visits, 3 * DAY_MS, RULES).last).toEqual({ medium: 'Direct', source: 'Direct' })
  })
})
