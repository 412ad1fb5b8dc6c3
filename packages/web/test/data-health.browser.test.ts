import { AxeBuilder } from '@axe-core/playwright'
import { FINDINGS } from '@throughline/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeCompany } from '../../server/test/fake-company.ts'
import { fakeParts } from '../../server/test/fake-parts.ts'
import { NO_BROWSER, type Stage, setStage } from '../testing/browser.ts'

const SLOW_MS = 180_000
const company = fakeCompany(220)
const [code = ''] = company.findings.map((finding) => finding.code)
const ofKind = company.findings.filter((finding) => finding.code === code)
const kind = FINDINGS[code as keyof typeof FINDINGS]

describe.skipIf(NO_BROWSER)(`the data-health page${NO_BROWSER ? ` [${NO_BROWSER}]` : ''}`, () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage(fakeParts(company))
  }, SLOW_MS)
  afterAll(() => stage?.close())

  it('leads from each kind to its records, with what to do and whose job it is', async () => {
    const { page, context, trouble } = await stage.open(1440)
    await page.goto(`${stage.origin}/data-health`)
    const line = page.getByRole('link', { name: kind.title })
    expect(await line.innerText()).toBe(`${kind.title}\n${kind.owner}\n${ofKind.length}`)
    await line.click()
    await page.waitForURL(new RegExp(`code=${code}`))
    await page.getByRole('heading', { name: kind.title }).waitFor()
    await page.getByText(kind.remedy).waitFor()
    await expect.poll(() => page.getByText(ofKind[0]?.detail ?? '').count()).toBe(Math.min(25, ofKind.length))
    await page.goto(`${stage.origin}/data-health?code=dormant-soon`)
    await page.getByRole('link', { name: 'Open the list' }).click()
    await page.waitForURL(/\/reports\/journeys\?.*dormant-soon/)
    expect(trouble).toEqual([])
    await context.close()
  })

  it(
    'fits any width and is accessible in both schemes',
    async () => {
      const { page, context } = await stage.open(1440, { reducedMotion: 'reduce' })
      await page.goto(`${stage.origin}/data-health?code=${code}`)
      await page.getByText(kind.remedy).waitFor()
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
      await page.getByRole('link', { name: 'All kinds' }).click()
      await page.getByRole('link', { name: kind.title }).waitFor()
      await context.close()
    },
    SLOW_MS,
  )
})
