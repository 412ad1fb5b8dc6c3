import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeCompany } from '../../server/test/fake-company.ts'
import { fakeParts } from '../../server/test/fake-parts.ts'
import { NO_BROWSER, type Stage, setStage } from '../testing/browser.ts'

const SLOW_MS = 180_000
const FILES = readdirSync(resolve(import.meta.dirname, '../../../scenarios')).filter((name) => name.endsWith('.yaml'))

describe.skipIf(NO_BROWSER)(`the scenario page${NO_BROWSER ? ` [${NO_BROWSER}]` : ''}`, () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage(fakeParts(fakeCompany(20)))
  }, SLOW_MS)
  afterAll(() => stage?.close())

  it(
    'runs every scenario of the specification in the browser',
    async () => {
      const { page, context, trouble } = await stage.open(1440)
      await page.goto(`${stage.origin}/scenarios`)
      const examples = page.getByRole('combobox', { name: 'Example' })
      await page
        .getByRole('status')
        .getByText(/hold\.$/)
        .waitFor()
      const ids = await examples
        .locator('option')
        .evaluateAll((options) => options.map((one) => one.getAttribute('value')))
      expect(ids).toHaveLength(FILES.length)
      for (const id of ids) {
        await examples.selectOption(id)
        await page.waitForURL(new RegExp(`example=${id}$`))
        await page
          .getByRole('status')
          .getByText(/^All \d+ expectations? hold\.$/)
          .waitFor()
      }
      expect(trouble).toEqual([])
      await context.close()
    },
    SLOW_MS,
  )

  it('tells as one types what does not hold, and which line cannot be read', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/scenarios?example=S04-manual-contact`)
    const field = page.getByRole('textbox', { name: 'Scenario' })
    await page
      .getByRole('status')
      .getByText(/hold\.$/)
      .waitFor()
    const text = await field.inputValue()
    await field.fill(text.replace('activation type: Original Activation', 'activation type: Reactivated Contact'))
    const status = page.getByRole('status')
    await status.getByText('1 of 1 expectation does not hold.').waitFor()
    expect(await status.innerText()).toMatch(/E1 activation type\s+Reactivated Contact\s+Original Activation/)
    await field.fill(text.replace('creates contact C1', 'dreams of contact C1'))
    await status.getByText(/^Line \d+: /).waitFor()
    await page.getByRole('button', { name: /^Line \d+: cannot be read$/ }).waitFor()
    await field.fill('scenario: [')
    await status.getByText(/this is not YAML/).waitFor()
    await context.close()
  })

  it('puts a scenario of one’s own into a link', async () => {
    const { page, context } = await stage.open(1440)
    await page.goto(`${stage.origin}/scenarios?example=S04-manual-contact`)
    const field = page.getByRole('textbox', { name: 'Scenario' })
    await page
      .getByRole('status')
      .getByText(/hold\.$/)
      .waitFor()
    const own = `# Zürich 🚂\n${await field.inputValue()}`
    await field.fill(own)
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.waitForURL(/text=/)
    const again = await stage.open(1440)
    await again.page.goto(page.url())
    await expect.poll(() => again.page.getByRole('textbox', { name: 'Scenario' }).inputValue()).toBe(own)
    await again.page.goto(`${stage.origin}/scenarios?text=broken`)
    await again.page.getByText('The link’s scenario cannot be read').waitFor()
    await again.context.close()
    await context.close()
  })

  it(
    'says why each thing is so, fits any width, and is accessible in both schemes',
    async () => {
      const { page, context, trouble } = await stage.open(1440, { reducedMotion: 'reduce' })
      await page.goto(`${stage.origin}/scenarios`)
      await page.getByRole('button', { name: /^E2\b/ }).click()
      await page.getByText(/Influencing Engagement of E1/).waitFor()
      await page.getByText(/rules under test/).click()
      for (const [width, colorScheme] of [
        [1440, 'light'],
        [390, 'dark'],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      }
      await page.setViewportSize({ width: 360, height: 740 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      expect(trouble).toEqual([])
      await context.close()
    },
    SLOW_MS,
  )
})
