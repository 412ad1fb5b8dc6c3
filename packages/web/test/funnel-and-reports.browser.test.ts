import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NO_BROWSER, type Stage, setStage } from '../testing/browser.ts'
import { type GeneratedCompany, generatedCompany } from '../testing/generated-company.ts'

/** Checking accessibility takes a second or two on a quiet machine, and far longer on a busy one. */
const SLOW_MS = 240_000
/** How long to wait for a page to show what it was asked for. */
const SOON = { timeout: 20_000 }
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const SHAPES = [
  [1440, 'light'],
  [390, 'dark'],
] as const

const VIEWS: readonly Readonly<{ name: string; path: string; says: readonly (string | RegExp)[] }>[] = [
  {
    name: 'funnel with options side by side',
    path: '/funnel?range=all&by=activation-type&compare=Original+Activation&compare=Reactivated+Lead',
    says: ['Side by side', 'By activation type', 'Opportunity Creation, apart:'],
  },
  {
    name: 'funnel by period with a condition',
    path: '/funnel?view=period&range=all&where=activation-type!%3AOriginal+Activation',
    says: ['whenever the journey began', 'Activation type is not Original Activation'],
  },
  { name: 'reports', path: '/reports', says: ['Funnel and speed', 'Journeys about to go dormant'] },
  { name: 'a report that is not there', path: '/reports/nothing', says: ['There is no report “nothing”'] },
  { name: 'trend', path: '/reports/trend?range=all', says: ['Month by month', /^Complete: every one of/] },
  { name: 'sources', path: '/reports/sources?range=all', says: ['Activations', 'by medium'] },
  { name: 'outcomes', path: '/reports/outcomes?range=all&by=owner', says: ['How they ended', 'Dormant soon'] },
  { name: 'velocity', path: '/reports/velocity?range=all', says: ['Days from stage to stage'] },
  {
    name: 'cohort against period',
    path: '/funnel?part=difference&from=2025-04-01&to=2025-06-30',
    says: ['Began before the period', 'Both views of the same days'],
  },
  {
    name: 'cohorts',
    path: '/funnel?part=cohorts&range=all',
    says: ['Journeys that began together', /^Shares are of those/],
  },
  { name: 'speed', path: '/funnel?part=speed&range=all&step=3-4', says: ['How the days are spread', 'Median'] },
  { name: 'sources by hierarchy', path: '/reports/source-hierarchy?range=all', says: ['Unfolded to', 'Complete:'] },
  { name: 'owners', path: '/reports/owners?range=all', says: ['Stages and response times', 'Waiting'] },
  { name: 'reactivations', path: '/reports/reactivations?range=all', says: ['Side by side', 'People who came back'] },
  { name: 'opportunity sources', path: '/reports/opportunity-sources?range=all', says: ['Fallback share'] },
  { name: 'own report', path: '/reports/engagements?range=all', says: ['Columns, in this order', 'Activations only'] },
  { name: 'opportunities', path: '/reports/opportunities', says: ['Contact roles', 'Filter'] },
]

describe.skipIf(NO_BROWSER)(`funnel and reports of a generated company${NO_BROWSER ? ` [${NO_BROWSER}]` : ''}`, () => {
  let company: GeneratedCompany
  let stage: Stage
  beforeAll(async () => {
    company = await generatedCompany(260)
    stage = await setStage(company.parts)
  })
  afterAll(async () => {
    await stage?.close()
    await company?.close()
  })

  const report = (name: string, parameters: Parameters<typeof company.parts.reports.run>[1]) =>
    company.parts.reports.run(name, parameters)

  /** How many journeys the list says there are. */
  const journeysListed = async (page: Page): Promise<number> => {
    await page.getByRole('heading', { name: 'Journeys', level: 1 }).waitFor()
    const text = await page
      .getByText(/^[\d,]+ journeys?( ·)?$/)
      .first()
      .innerText()
    return Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', ''))
  }

  /** How many records the list says there are, journeys or rows of a report; once it says so, where that is known. */
  const recordsListed = async (page: Page, expected?: number): Promise<number> => {
    const says = /^([\d,]+) (journeys?|rows?)( ·)?$/
    const text = page.getByRole('main').getByText(says).first()
    const read = async () => Number(says.exec(await text.innerText())?.[1]?.replaceAll(',', ''))
    await text.waitFor()
    if (expected !== undefined) await expect.poll(read, SOON).toBe(expected)
    return read()
  }

  it.each(VIEWS)(
    '$name: says what it is for, fits any width, and is accessible in both schemes',
    async ({ path, says }) => {
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

  it('[U3] [U6] counts in the funnel what the report counts, fallbacks apart, each figure leading to its journeys', async () => {
    const funnel = await report('funnel', { view: 'cohort', withoutFallbacks: true })
    const apart = await report('journeys', { where: ['activation-type:Opportunity Creation'], withoutFallbacks: false })
    const { page, context } = await stage.open(1440)
    const address = `${stage.origin}/funnel?range=all`
    for (const number of [1, 2, 4]) {
      await page.goto(address)
      const row = funnel?.rows.find(({ stage }) => stage === number)
      const label = String(row?.label)
      await page
        .getByRole('main')
        .getByRole('link', { name: new RegExp(`^${label} ${row?.journeys}`) })
        .first()
        .click()
      expect(await journeysListed(page), label).toBe(row?.journeys)
    }
    await page.goto(address)
    await page.getByRole('region', { name: 'Opportunity Creation, apart' }).getByRole('link').first().click()
    expect(await journeysListed(page)).toBe(apart?.total)
    expect(apart?.total).toBeGreaterThan(0)
    await context.close()
  })

  it('adds a condition, keeps it in the address, leads on with it, and takes it away', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/funnel?range=all`, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const panel = page.getByRole('dialog', { name: 'Add a filter' })
    await panel.getByLabel('Field').selectOption('activation-type')
    await panel.getByLabel('Value').fill('Reactivated Lead')
    await panel.getByRole('button', { name: 'Add' }).click()
    await page.waitForURL(/where=activation-type%3AReactivated\+Lead/)
    const wanted = await report('funnel', { view: 'cohort', where: ['activation-type:Reactivated Lead'] })
    const second = wanted?.rows[1]
    await page
      .getByRole('main')
      .getByRole('link', { name: new RegExp(`^${second?.label} ${second?.journeys}`) })
      .first()
      .click()
    expect(await journeysListed(page)).toBe(second?.journeys)
    await page.getByText('Activation type is Reactivated Lead').waitFor()
    await page.getByRole('button', { name: 'Remove the filter Activation type is Reactivated Lead' }).click()
    await page.waitForURL((url) => !url.search.includes('where'))
    await context.close()
  })

  it('holds options against each other, in the address', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/funnel?range=all&by=activation-type`, { waitUntil: 'networkidle' })
    await page.getByLabel('Compare Original Activation').check()
    await page.getByLabel('Compare Reactivated Lead').check()
    const table = page.getByRole('table', { name: 'Funnels side by side' })
    await table.waitFor()
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
      'Stage',
      'Original Activation',
      'Reactivated Lead',
      'All',
    ])
    const split = await report('funnel', { view: 'cohort', by: 'activation-type' })
    const reached = split?.rows.find(({ option, stage }) => option === 'Reactivated Lead' && stage === 2)
    await table
      .getByRole('link', { name: new RegExp(`^Reactivated Lead, .*: ${reached?.journeys} journeys?$`) })
      .nth(0)
      .waitFor()
    const again = await stage.open(1440)
    await again.page.goto(page.url(), { waitUntil: 'networkidle' })
    expect(await again.page.getByRole('table', { name: 'Funnels side by side' }).innerText()).toBe(
      await table.innerText(),
    )
    await again.context.close()
    await page.getByRole('button', { name: 'Clear' }).click()
    await table.waitFor({ state: 'detached' })
    await context.close()
  })

  it('[U2] tells from cohort to period cause by cause, each leading to exactly the records it moves', async () => {
    const period = { from: '2025-04-01', to: '2025-06-30' }
    const difference = await report('funnel-difference', period)
    const rows = difference?.rows ?? []
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const ofStage = rows.filter(({ stage }) => stage === number)
      const effects = ofStage.reduce((sum, row) => sum + Number(row.effect), 0)
      expect(Number(ofStage[0]?.cohort) + effects, `stage ${number}`).toBe(ofStage[0]?.period)
    }
    const { page, context } = await stage.open(1440)
    const address = `${stage.origin}/funnel?part=difference&from=${period.from}&to=${period.to}`
    await page.goto(address)
    const table = page.getByRole('table', { name: 'Why cohort and period differ' })
    await table.waitFor()
    const cells = await table
      .getByRole('link')
      .evaluateAll((links) =>
        links.map((link) => ({ name: link.getAttribute('aria-label') ?? '', href: link.getAttribute('href') ?? '' })),
      )
    // One of each cause, and the figures of both views.
    const told = [...new Map(cells.map((cell) => [cell.name.split(',')[0], cell])).values()]
    expect(told.length).toBeGreaterThan(3)
    for (const { name, href } of told) {
      const effect = Number(/[\d,]+$/.exec(name)?.[0].replaceAll(',', ''))
      await page.goto(stage.origin + href)
      expect(await recordsListed(page), `${name} at ${href}`).toBe(effect)
    }
    await context.close()
  })

  it('[U3] leads from a cohort’s share to the journeys that got there', async () => {
    const cohorts = await report('cohorts', {})
    const row = cohorts?.rows.find(({ stage3 }) => Number(stage3) > 2)
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/funnel?part=cohorts&range=all`)
    const table = page.getByRole('table', { name: 'Cohorts' })
    await table.getByRole('link', { name: new RegExp(`^${row?.cohort}, Stage 3: .*, ${row?.stage3}$`) }).click()
    expect(await journeysListed(page)).toBe(row?.stage3)
    await context.close()
  })

  it('[U4] leads from a span of days to the journeys that took so long', async () => {
    const spread = await report('velocity-distribution', { view: 'cohort' })
    const row = spread?.rows.find(
      ({ fromStage, stage, fromDays }) => fromStage === 2 && stage === 3 && Number(fromDays) > 0,
    )
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/funnel?part=speed&range=all&step=2-3`)
    await page.getByRole('link', { name: `${row?.span} days: ${row?.journeys} journeys` }).click()
    expect(await journeysListed(page)).toBe(row?.journeys)
    await context.close()
  })

  it('[U1] unfolds sources into groups that add up to the group above them', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/reports/source-hierarchy?range=all&levels=2`)
    const table = page.getByRole('table', { name: 'Sources by hierarchy' })
    const foldable = table.locator('tbody tr').filter({ has: page.getByRole('button', { name: /^Unfold / }) })
    const unfold = foldable.first().getByRole('button')
    const figure = (text: string | undefined) => Number(text?.replaceAll(',', ''))
    const above = figure(await foldable.first().locator('td').first().innerText())
    const before = await table.locator('tbody tr').count()
    await unfold.click()
    await page.waitForURL(/open=/)
    await expect.poll(() => table.locator('tbody tr').count(), SOON).toBeGreaterThan(before)
    await expect.poll(() => table.locator('.skeleton').count(), SOON).toBe(0)
    const lines = await table.locator('tbody tr').evaluateAll((rows) =>
      rows.map((row) => ({
        deep: row.querySelector('.pl-10') !== null,
        activations: row.querySelector('td')?.textContent ?? '',
      })),
    )
    const under = lines.filter(({ deep }) => deep).map(({ activations }) => figure(activations))
    expect(under.reduce((sum, value) => sum + value, 0)).toBe(above)
    await context.close()
  })

  it('builds a report of one’s own, which the address holds whole', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/reports/engagements?range=all`, { waitUntil: 'networkidle' })
    const table = page.getByRole('table')
    await page.getByRole('button', { name: 'What became of activations' }).click()
    await page.waitForURL(/columns=day/)
    const wanted = await report('engagements', { where: ['record-type:Activation'] })
    expect(await recordsListed(page, wanted?.total)).toBe(wanted?.total)
    await page.getByRole('button', { name: 'Add columns' }).click()
    await page.getByRole('searchbox', { name: 'Search columns' }).fill('industry')
    await page.getByRole('dialog', { name: 'Add columns' }).getByLabel('Industry').check()
    await table.getByRole('columnheader', { name: 'Industry' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Leave out Activation type' }).click()
    await expect.poll(() => table.getByRole('columnheader', { name: 'Activation type' }).count(), SOON).toBe(0)
    await page.waitForLoadState('networkidle')
    const shown = await table.innerText()
    const again = await stage.open(1440)
    await again.page.goto(page.url(), { waitUntil: 'networkidle' })
    await again.page.getByRole('table').waitFor()
    expect(await again.page.getByRole('table').innerText()).toBe(shown)
    await again.context.close()
    await context.close()
  })

  it('lists every report the API describes, and finds one by a word', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/reports`, { waitUntil: 'networkidle' })
    const shown = page.getByRole('main').locator('a[data-row]')
    await shown.first().waitFor()
    const names = company.parts.reports.list().map(({ name }) => `/reports/${name}`)
    expect((await shown.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).sort()).toEqual(
      names.sort(),
    )
    await page.keyboard.press('/')
    await page.keyboard.type('three quarters')
    await expect.poll(() => shown.count(), SOON).toBe(1)
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Velocity', level: 1 }).waitFor()
    await context.close()
  })

  it('sorts, pages and chooses columns of a report in the address, and exports what was asked', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/reports/sources?range=all&by=source`, { waitUntil: 'networkidle' })
    const table = page.getByRole('table')
    await table.getByRole('button', { name: 'Won amount' }).click()
    await page.waitForURL(/sort=wonAmount/)
    const asked = { by: 'source', sort: 'wonAmount', descending: true } as const
    const answer = await report('sources', asked)
    await expect
      .poll(() => table.locator('tbody th').first().innerText(), SOON)
      .toContain(String(answer?.rows[0]?.option))
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('dialog', { name: 'Columns' }).getByLabel('Influencing engagements').uncheck()
    await expect.poll(() => table.getByRole('columnheader', { name: 'Influencing engagements' }).count(), SOON).toBe(0)
    expect(page.url()).toContain('columns=')
    await page.keyboard.press('Escape')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('main').getByRole('link', { name: 'CSV' }).click(),
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString('utf8').trimEnd().split('\r\n')).toHaveLength((answer?.total ?? 0) + 1)
    await context.close()
  })

  it('says what failed, and recovers', async () => {
    const { page, context } = await stage.open(1440)
    await page.route('**/api/v1/reports/velocity?*', (route) => route.abort())
    await page.goto(`${stage.origin}/reports/velocity`)
    const alert = page.getByRole('alert')
    await alert.getByText('The server does not answer.').waitFor({ timeout: 30_000 })
    await page.unroute('**/api/v1/reports/velocity?*')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Days from stage to stage' }).waitFor()
    await page.goto(`${stage.origin}/reports/trend?from=2031-01-01&to=2031-01-31`)
    await page.getByText('Nothing like that').waitFor()
    await context.close()
  })
})
