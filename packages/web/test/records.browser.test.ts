import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Parts, Timeline } from '../../server/src/parts.ts'
import { NO_BROWSER, type Stage, setStage } from '../testing/browser.ts'
import { type GeneratedCompany, generatedCompany } from '../testing/generated-company.ts'

/** Checking accessibility takes a second or two on a quiet machine, and far longer on a busy one. */
const SLOW_MS = 240_000
const SHAPES = [
  [1440, 'light'],
  [390, 'dark'],
] as const
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const why = (record: string) => `why=${encodeURIComponent(record)}`

describe.skipIf(NO_BROWSER)(`people, opportunities and accounts${NO_BROWSER ? ` [${NO_BROWSER}]` : ''}`, () => {
  let company: GeneratedCompany
  let stage: Stage
  let busy: Timeline
  let deal: string
  let account: string
  beforeAll(async () => {
    company = await generatedCompany(500)
    stage = await setStage(company.parts)
    busy = await busiest(company.parts)
    deal = await severalRoles(company.parts)
    const { rows } = await list(company.parts, 'accounts', 'journeys')
    account = String(rows[0]?.account)
  }, SLOW_MS)
  afterAll(async () => {
    await stage?.close()
    await company?.close()
  })

  /** What is looked at: each made of the busiest person, a deal with several candidates, or the busiest account. */
  const VIEWS: Readonly<Record<string, () => readonly [path: string, ...says: (string | RegExp)[]]>> = {
    'a person': () => [`/people/${busy.person.id}`, 'Timeline', 'What was recorded', /records? of this person/],
    'a person’s campaigns': () => [`/people/${busy.person.id}?show=campaign`, 'What was recorded'],
    'why a stage is not reached': () => [
      `/people/${busy.person.id}?${why(`${busy.journeys.find(({ stages }) => !stages[1])?.id}#stage-2`)}`,
      'Not so',
      'Rule',
    ],
    'why an interaction made no engagement': () => [
      `/people/${busy.person.id}?${why(busy.interactions.find(({ engagement }) => engagement === null)?.id ?? '')}`,
      'Not so',
      'Interaction',
    ],
    'what comes next': () => [
      `/people/${busy.person.id}?${why(`${busy.person.id}#next`)}`,
      'Next interaction',
      'Facts',
    ],
    'an opportunity': () => [`/opportunities/${deal}`, 'Why this one', 'Buying group', 'Opportunity created'],
    'why it is attributed': () => [
      `/opportunities/${deal}?${why(`opportunity:${deal}#attribution-activation`)}`,
      /ranked by/,
    ],
    opportunities: () => ['/opportunities', 'Without contact roles', /opportunities/],
    'no opportunities': () => ['/opportunities?q=zzzz', 'No opportunity is called “zzzz”'],
    accounts: () => ['/accounts', /accounts/, 'Open pipeline'],
    'no accounts': () => ['/accounts?q=zzzz', 'No account is called “zzzz”'],
    'an account': () => [`/accounts/${account}`, 'Journey explorer', 'Engagements by month', 'People'],
  }

  it.each(Object.keys(VIEWS))(
    '%s: says what it is for, fits any width, and is accessible in both schemes',
    async (name) => {
      const [path, ...says] = VIEWS[name]?.() ?? ['/']
      const { page, context, trouble } = await stage.open(1440, { colorScheme: 'light', reducedMotion: 'reduce' })
      await page.goto(stage.origin + path)
      for (const text of says) await page.getByText(text).first().waitFor()
      await page.waitForLoadState('networkidle')
      for (const [width, colorScheme] of SHAPES) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        const beyond = () =>
          page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        await expect.poll(beyond, { timeout: 15_000, message: `pixels beyond ${width}` }).toBe(0)
        const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze()
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 150)).join(' | ')}`,
        )
        expect(found, `at ${width} px, ${colorScheme}`).toEqual([])
      }
      await page.setViewportSize({ width: 360, height: 740 })
      const widest = () => page.evaluate(() => document.documentElement.scrollWidth)
      await expect.poll(widest, { timeout: 15_000, message: 'width of the page at 360' }).toBeLessThanOrEqual(360)
      expect(trouble).toEqual([])
      await context.close()
    },
    SLOW_MS,
  )

  it('show every journey of a person as a lane, with what happened in it', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/people/${busy.person.id}`)
    await page.getByRole('article').first().waitFor()
    expect(await page.getByRole('article').count()).toBe(busy.journeys.length)
    const first = busy.journeys[0]
    const lane = page.getByRole('article', { name: 'Journey 1', exact: true })
    const influencing = busy.engagements.filter(({ parent }) => parent === first?.id).length
    if (influencing > 0)
      await lane.getByText(new RegExp(`^${influencing} influencing engagements?`)).waitFor({ timeout: 5000 })
    const axis = page.getByRole('region', { name: 'Journeys and opportunities on one time axis' })
    expect(await axis.getByRole('link').count()).toBe(busy.journeys.length + busy.opportunities.length)
    await axis.getByRole('link').first().click()
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe(`#${first?.id}`)
    await context.close()
  })

  it('answer why not for a stage that was not reached, ask further, and go back', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/people/${busy.person.id}`)
    await page
      .getByRole('link', { name: /not reached\. Why not\?/ })
      .first()
      .click()
    const panel = page.getByRole('dialog', { name: 'Why' })
    await panel.getByText('Not so').waitFor()
    const said = await panel.locator('p').nth(1).innerText()
    await panel.getByRole('link', { name: 'Stage 1', exact: true }).click()
    await panel.getByText(/^Stage 1: /).waitFor()
    await panel.getByRole('button', { name: 'Back to the reasons before' }).click()
    await panel.getByText('Not so').waitFor()
    expect(await panel.locator('p').nth(1).innerText()).toBe(said)
    expect(await panel.getByRole('button', { name: 'Back to the reasons before' }).count()).toBe(0)
    await context.close()
  })

  it('keep the kind of history that is shown in the address', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/people/${busy.person.id}`)
    await page.getByText('Campaigns', { exact: true }).click()
    await page.waitForURL(/show=campaign/)
    const card = page.locator('section', { hasText: 'What was recorded' }).last()
    const expected = busy.history.filter(({ kind }) => kind === 'campaign-member-set').length
    expect(await card.getByRole('listitem').count()).toBe(Math.min(20, expected))
    await context.close()
  })

  it('list opportunities as the address says, in their currencies, and export what is shown', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/opportunities?state=lost&sort=amount`)
    await page.getByRole('table').waitFor()
    const { total } = await list(company.parts, 'opportunities', 'amount', ['state:lost'])
    await page.getByText(new RegExp(`^${total} opportunities$`)).waitFor()
    expect(await page.getByRole('cell', { name: /^[€£¥]/ }).count()).toBeGreaterThan(0)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString('utf8').trimEnd().split('\r\n')).toHaveLength(total + 1)
    await page.keyboard.press('j')
    const row = page.locator('[data-row]').first()
    const name = await row.innerText()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await context.close()
  })

  it('lead from an account to its people’s journeys and to its opportunities', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/accounts/${account}`)
    const axis = page.getByRole('region', { name: /of the account on one time axis/ })
    const bar = axis.getByRole('link', { name: /reached stage/ }).first()
    const [name] = (await bar.getAttribute('aria-label'))?.split(', ') ?? []
    await bar.click()
    await page.getByRole('heading', { level: 1, name: name ?? '' }).waitFor()
    await page.goto(`${stage.origin}/accounts/${account}`)
    await page.getByRole('link', { name: /^(All \d+|In the list)$/ }).click()
    await page.waitForURL(/opportunities\?account=/)
    const { total } = await list(company.parts, 'opportunities', 'created', [`account:${account}`])
    await page.getByText(new RegExp(`^${total} opportunit(y|ies)$`)).waitFor()
    await context.close()
  })

  it(
    '[L9] set an attribution by hand, with a reason, show it at once, and give it back to the rules',
    async () => {
      const { page, context } = await stage.open(1440)
      await page.goto(`${stage.origin}/opportunities/${deal}`)
      const before = await company.parts.opportunity(deal)
      const other = before?.choices.find(({ journey }) => journey.id !== before.opportunity.attributionActivation)
      await page.getByRole('button', { name: 'Change' }).click()
      const dialog = page.getByRole('dialog', { name: 'Change the attribution' })
      await dialog.getByRole('button', { name: 'Set the attribution' }).click()
      await dialog.getByText('Please choose an activation, and say why, and say who you are.').waitFor()
      const place = await dialog
        .getByRole('radio')
        .evaluateAll(
          (radios, now) => radios.findIndex((radio) => !radio.closest('label')?.textContent?.includes(String(now))),
          'Now',
        )
      await dialog.getByRole('radio').nth(place).check()
      await dialog.getByLabel('Reason').fill('Met at the fair')
      await dialog.getByLabel('Decided by').selectOption({ index: 1 })
      const { violations } = await new AxeBuilder({ page }).include('dialog').withTags(AXE_TAGS).analyze()
      expect(violations).toEqual([])
      await dialog.getByRole('button', { name: 'Set the attribution' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByText(/Set by hand by .*: “Met at the fair”/).waitFor()
      await page.getByText('Attribution set by hand').waitFor()
      const after = await company.parts.opportunity(deal)
      expect(after?.opportunity.attributionActivation).not.toBe(before?.opportunity.attributionActivation)
      expect(other).toBeDefined()

      await page.getByRole('button', { name: 'Change' }).click()
      await dialog.getByText('Whatever the rules choose').click()
      await dialog.getByLabel('Reason').fill('Taken back')
      await dialog.getByRole('button', { name: 'Set the attribution' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByText('Attribution to be chosen by the rules again').waitFor()
      expect(await page.getByText(/Set by hand by/).count()).toBe(0)
      await context.close()
    },
    SLOW_MS,
  )

  it('say what failed, and that a record is not there', async () => {
    const { page, context } = await stage.open(1440)
    await page.route('**/api/v1/accounts/*', (route) => route.abort())
    await page.goto(`${stage.origin}/accounts/${account}`)
    const alert = page.getByRole('alert')
    await alert.getByText('The server does not answer.').waitFor({ timeout: 20_000 })
    await page.unroute('**/api/v1/accounts/*')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Journey explorer').waitFor()
    for (const [path, says] of [
      ['/accounts/none', 'There is no account "none".'],
      ['/opportunities/none', 'There is no opportunity "none".'],
      [`/opportunities/${deal}?${why('eng:none')}`, 'Nothing is known as "eng:none".'],
    ] as const) {
      await page.goto(stage.origin + path)
      await page.getByRole('alert').getByText(says).waitFor()
    }
    await context.close()
  })
})

/** Somebody with several journeys, an opportunity, and interactions that made no engagement. */
async function busiest(parts: Parts): Promise<Timeline> {
  const { lines } = await parts.people.list({ sort: 'engagements', descending: true, offset: 0, limit: 60 })
  let best: Timeline | undefined
  const worth = (one: Timeline | undefined) =>
    one
      ? one.journeys.length +
        3 * Math.min(2, one.opportunities.length) +
        (one.interactions.some(({ engagement }) => engagement === null) ? 2 : 0) +
        (one.journeys.some(({ stages }) => stages[1] === null) ? 2 : 0)
      : -1
  for (const { person } of lines) {
    const timeline = await parts.people.timeline(person.id)
    if (worth(timeline) > worth(best)) best = timeline
  }
  if (!best) throw new Error('The generated company knows nobody.')
  return best
}

/** An opportunity whose attribution the rules chose among people with several activations. */
async function severalRoles(parts: Parts): Promise<string> {
  const { rows } = await list(parts, 'opportunities', 'contactRoles', ['fallback:no'])
  for (const row of rows) {
    const story = await parts.opportunity(String(row.opportunity))
    if (story?.attribution && story.choices.length > 1) return story.opportunity.id
  }
  throw new Error('No opportunity of the generated company has a choice of activations.')
}

async function list(parts: Parts, name: string, sort: string, where: readonly string[] = []) {
  const report = await parts.reports.run(name, { sort, descending: true, where, offset: 0, limit: 100 })
  if (!report) throw new Error(`There is no report ${name}.`)
  return report
}
