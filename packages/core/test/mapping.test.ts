import { describe, expect, test } from 'vitest'
import { DEFAULT_RULES, type MappingRule, mappingSteps, type Rules, reportingOf, type Tags } from '../src/index.ts'

const rulesWith = (mapping: readonly MappingRule[], basis: 'first' | 'last' = 'first'): Rules => ({
  ...DEFAULT_RULES,
  mapping,
  reporting: { basis },
})
const exact = (target: MappingRule['target'], value: string, output: string): MappingRule => ({
  target,
  match: 'exact',
  values: [value],
  output,
})
const click = (tags: Tags) => ({ first: tags, last: tags })

describe('reporting values', () => {
  test('[Q3] are the raw ones where there is no mapping', () => {
    expect(
      reportingOf({ first: { medium: ' PPC', term: 'robots' }, last: {}, engagementType: 'Demo' }, DEFAULT_RULES),
    ).toEqual({
      department: 'Unmapped',
      mediumCategory: 'Unmapped',
      medium: ' PPC',
      source: null,
      campaign: null,
      content: null,
      term: 'robots',
      engagementType: 'Demo',
      engagementTypeCategory: 'Unmapped',
    })
  })

  test('[Q3] of nothing are nothing, whatever the rules', () => {
    const rules = rulesWith([{ target: 'medium', match: 'pattern', values: ['.*'], output: 'Anything' }])
    expect(reportingOf(click({}), rules)).toMatchObject({ medium: null, department: 'Unmapped' })
    expect(reportingOf(click({ medium: 'x' }), rules).medium).toBe('Anything')
  })

  test('keep combinations apart that differ in any field the mapping asks about', () => {
    const rules = rulesWith([
      { ...exact('medium', 'social', 'Ads'), when: [[{ field: 'raw-campaign', operator: 'contains', value: 'ad' }]] },
      {
        ...exact('content', 'a', 'Big'),
        level: 2,
        when: [[{ field: 'engagement-type', operator: 'equals', value: 'x' }]],
      },
    ])
    const ask = (campaign: string, content: string, engagementType: string) => {
      const { medium, content: shown } = reportingOf(
        { ...click({ medium: 'social', campaign, content }), engagementType },
        rules,
      )
      return [medium, shown]
    }
    for (let again = 0; again < 2; again++) {
      expect(ask('ad', 'a', 'x')).toEqual(['Ads', 'Big'])
      expect(ask('no', 'a', 'x')).toEqual(['social', 'Big'])
      expect(ask('ad', 'b', 'x')).toEqual(['Ads', 'b'])
      expect(ask('ad', 'a', 'y')).toEqual(['Ads', 'a'])
    }
  })

  test('are the same for a combination seen for the first time and after very many others', () => {
    const rules = rulesWith([{ target: 'campaign', match: 'starts-with', values: ['c-1'], output: 'Ones' }])
    const at = (i: number) => reportingOf(click({ campaign: `c-${i}` }), rules).campaign
    let wrong = 0
    for (let i = 0; i < 60_000; i++) if (at(i) !== (String(i).startsWith('1') ? 'Ones' : `c-${i}`)) wrong++
    expect(wrong).toBe(0)
    expect(at(1)).toBe('Ones')
  })

  test('[Q4] are explained by the rules that made them, in order', () => {
    const rules = rulesWith([
      exact('department', 'Paid Media', 'Marketing'),
      exact('medium', 'other', 'Other'),
      exact('medium', 'ppc', 'Paid Search'),
      exact('medium', 'PPC', 'Too Late'),
      exact('medium-category', 'paid search', 'Paid Media'),
    ])
    expect(mappingSteps(click({ medium: ' ppc' }), rules)).toEqual([
      { rule: 3, target: 'medium', read: ' ppc', output: 'Paid Search' },
      { rule: 5, target: 'medium-category', read: 'Paid Search', output: 'Paid Media' },
      { rule: 1, target: 'department', read: 'Paid Media', output: 'Marketing' },
    ])
    expect(mappingSteps(click({ medium: 'skywriting' }), rules)).toEqual([])
  })

  test('[X4] are the raw ones where a pattern cannot be read, and the other rules go on', () => {
    const rules = rulesWith([
      { target: 'medium', match: 'pattern', values: ['(', '^never$'], output: 'Broken' },
      exact('medium', 'ppc', 'Paid Search'),
    ])
    expect(reportingOf(click({ medium: 'skywriting' }), rules).medium).toBe('skywriting')
    expect(reportingOf(click({ medium: 'PPC' }), rules).medium).toBe('Paid Search')
  })
})
