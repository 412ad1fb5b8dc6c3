import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeCompany } from '../../server/test/fake-company.ts'
import { fakeParts } from '../../server/test/fake-parts.ts'
import { NO_BROWSER, type Stage, setStage } from '../testing/browser.ts'

const KILOBYTE = 1024

/** Checking accessibility takes a second or two on a quiet machine, and far longer on a busy one. */
const SLOW_MS = 180_000
const company = fakeCompany(220)
const parts = fakeParts(company)
const counted = (id: string) => company.journeys.filter((journey) => journey.person === id).length
const wordy = company.people.toSorted((a, b) => counted(b.id) - counted(a.id))[0]?.id ?? ''
const deal = company.opportunities[0]?.id ?? ''
const journey = company.journeys.find(({ completion }) => completion)

const SHAPES = [
  [1440, 'light'],
  [390, 'dark'],
] as const
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const VIEWS: readonly Readonly<{ name: string; path: string; says: readonly (string | RegExp)[] }>[] = [
  { name: 'Overview', path: '/', says: ['Activations', 'Needs attention', 'Top sources', 'as of 30 Jun 2025'] },
  { name: 'Funnel', path: '/funnel?by=medium', says: ['Where journeys get stuck', 'By medium', 'rules v3'] },
  { name: 'Funnel by period', path: '/funnel?view=period&by=month&range=year', says: ['whenever the journey began'] },
  { name: 'People', path: '/people?page=5', says: ['220 people', '201–220 of 220'] },
  { name: 'nobody found', path: '/people?q=zzzz', says: ['Nobody found for “zzzz”'] },
  { name: 'Person', path: `/people/${wordy}`, says: ['The next interaction will be', 'Journey 1', 'Details'] },
  {
    name: 'reasons',
    path: `/people/${journey?.person}?why=${encodeURIComponent(`${journey?.id}#completion`)}`,
    says: ['The journey ended with the outcome', 'Rule', 'Facts'],
  },
  {
    name: 'Journeys',
    path: '/journeys?stage=4',
    says: ['Journeys that began in the period and reached “Opportunity”'],
  },
  { name: 'Opportunity', path: `/opportunities/${deal}`, says: ['Attribution activation', 'Buying group'] },
  { name: 'nowhere', path: '/nowhere', says: ['There is nothing at this address'] },
]

describe.skipIf(NO_BROWSER)(`the pages${NO_BROWSER ? ` [${NO_BROWSER}]` : ''}`, () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage(parts)
  })
  afterAll(() => stage?.close())

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
        // Charts are drawn again for the new width a moment after it changes.
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

  it('has readable navigation in dark colours', async () => {
    const { page, context } = await stage.open(1440, { colorScheme: 'dark' })
    await page.goto(stage.origin)
    await page.getByText('Up to date').waitFor()
    const { violations, passes } = await new AxeBuilder({ page })
      .include('header')
      .withRules(['color-contrast'])
      .analyze()
    expect(passes.length).toBeGreaterThan(0)
    expect(violations).toEqual([])
    await context.close()
  })

  it('leads from every figure of the overview to as many journeys', async () => {
    const { page, context } = await stage.open(1440)
    for (const label of ['Activations', 'Won deals']) {
      await page.goto(stage.origin)
      const figure = page.getByRole('region', { name: 'Main figures' }).getByRole('link', { name: label })
      const value = (await figure.innerText()).split('\n')[1]
      await figure.click()
      await page.getByRole('heading', { name: 'Journeys', level: 1 }).waitFor()
      await page.getByText(new RegExp(`^${value} journeys?( ·)?$`)).waitFor()
    }
    await context.close()
  })

  it('leads from a cell of the breakdown to the journeys it counts', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/funnel?by=medium&range=all`)
    const cell = page
      .getByRole('table')
      .getByRole('link', { name: /Routed/ })
      .first()
    const value = await cell.innerText()
    await cell.click()
    await page.getByText(new RegExp(`^${value} journeys?( ·)?$`)).waitFor()
    await context.close()
  })

  it('keeps the whole state of a view in its address', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/people`, { waitUntil: 'networkidle' })
    await page.getByText('Dormant', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Score' }).click()
    await page.getByRole('searchbox', { name: 'Search people' }).fill('a')
    await page.waitForURL(/q=a/)
    await page.waitForLoadState('networkidle')
    const shown = await page.getByRole('table').innerText()
    const again = await stage.open(1440)
    await again.page.goto(page.url(), { waitUntil: 'networkidle' })
    expect(await again.page.getByRole('table').innerText()).toBe(shown)
    expect(page.url()).toContain('state=dormant')
    expect(page.url()).toContain('sort=score')
    await again.context.close()
    await context.close()
  })

  it('can be used with the keyboard alone', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(stage.origin)
    await page.getByRole('region', { name: 'Main figures' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
    await page.getByRole('table').waitFor()
    await page.keyboard.press('/')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search')
    await page.keyboard.press('Escape')
    for (const key of ['j', 'j', 'k', 'j']) await page.keyboard.press(key)
    const row = page.locator('[data-row]').nth(1)
    expect(await row.evaluate((element) => element === document.activeElement)).toBe(true)
    const name = await row.innerText()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name, level: 1 }).waitFor()

    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)

    await page.keyboard.press('Control+k')
    await page.keyboard.type('about to go')
    await page.keyboard.press('Enter')
    await page.waitForURL(/state=dormant-soon/)
    await context.close()
  })

  it('opens the reasons of a stamp beside the timeline, and gives the focus back', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/people/${wordy}`, { waitUntil: 'networkidle' })
    const pill = page.getByRole('link', { name: /^Activated: .*Why\?/ }).first()
    await pill.focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: 'Why' })
    await panel.getByText(/Stage 1 was reached on/).waitFor()
    await panel.getByText('G1').first().waitFor()
    expect(page.url()).toContain('why=')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(page.url()).not.toContain('why=')
    expect(await pill.evaluate((element) => element === document.activeElement)).toBe(true)
    await context.close()
  })

  it('exports the table it shows', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/journeys?range=all`, { waitUntil: 'networkidle' })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('journeys.csv')
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const lines = Buffer.concat(chunks).toString('utf8').trimEnd().split('\r\n')
    expect(lines).toHaveLength(company.journeys.length + 1)
    await context.close()
  })

  it('remembers the chosen colours', async () => {
    const { page, context } = await stage.open(1440, { colorScheme: 'light' })
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    await page.goto(stage.origin)
    const light = await ground()
    await page.getByRole('button', { name: 'Use dark colours' }).click()
    const dark = await ground()
    expect(dark).not.toBe(light)
    await page.reload({ waitUntil: 'networkidle' })
    expect(await ground()).toBe(dark)
    await context.close()
  })

  it('says what failed and what to do, and recovers', async () => {
    const { page, context } = await stage.open(1440)
    await page.route('**/api/v1/people?*', (route) => route.abort())
    await page.goto(`${stage.origin}/people`)
    const alert = page.getByRole('alert')
    await alert.getByText('The server does not answer.').waitFor({ timeout: 20_000 })
    await page.unroute('**/api/v1/people?*')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('table').waitFor()
    expect(await alert.count()).toBe(0)

    await page.goto(`${stage.origin}/people/lead:nobody`)
    await page.getByRole('alert').getByText('Nobody is known as "lead:nobody".').waitFor()
    await context.close()
  })

  it('asks again when new facts have been taken in', async () => {
    const { page, context } = await stage.open(1440)
    await page.clock.install()
    await page.goto(`${stage.origin}/people`)
    await page.getByRole('table').waitFor()
    await page.getByText('as of 30 Jun 2025').waitFor()
    let asked = 0
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/people?')) asked += 1
    })
    await page.clock.runFor(25_000)
    expect(asked).toBe(0)
    await parts.receive([
      { kind: 'score-changed', id: 'test/score', occurredAt: 1, recordedAt: 1, record: 'lead:00Q000000', to: 5 },
    ])
    await page.clock.runFor(25_000)
    await expect.poll(() => asked).toBe(1)
    await context.close()
  })

  it('weighs less than 300 kB of compressed script, whichever page one begins with', async () => {
    const weigh = async (name: string) => (await stat(join(stage.webDir, 'assets', `${name}.gz`))).size
    for (const path of ['/', '/funnel', '/reports', `/people/${wordy}`]) {
      const { page, context } = await stage.open(1440)
      const loaded = new Set<string>()
      page.on('request', (request) => {
        const [, name] = /\/assets\/([^/?]+\.js)$/.exec(request.url()) ?? []
        if (name) loaded.add(name)
      })
      await page.goto(stage.origin + path, { waitUntil: 'networkidle' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      const total = (await Promise.all([...loaded].map(weigh))).reduce((sum, size) => sum + size, 0)
      expect(total, path).toBeGreaterThan(0)
      expect(total, path).toBeLessThan(300 * KILOBYTE)
      await context.close()
    }
  })
})
