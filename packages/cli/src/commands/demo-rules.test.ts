import { reportingOf } from '@throughline/core'
import { readRules } from '@throughline/engine'
import { expect, test } from 'vitest'
import { DEMO_RULES } from './demo-rules.ts'

test.each([
  ['PPC', 'Paid Search', 'Paid Media', 'Marketing'],
  ['social-paid', 'Paid Social', 'Paid Media', 'Marketing'],
  ['Trade Show', 'Trade Show', 'Events', 'Marketing'],
  ['Marketing - Website', 'Marketing - Website', 'Website', 'Marketing'],
  ['BDR Engagement', 'BDR Engagement', 'Sales Prospecting', 'Sales'],
  ['Channel - Deal Registration', 'Channel - Deal Registration', 'Channel Partners', 'Channel'],
  ['Lead Created without UTMs or Lead Source by Bea Ito', 'Not stated', 'Not stated', 'Other'],
  ['skywriting', 'skywriting', 'Unmapped', 'Unmapped'],
])('[Q2] the demo company calls %s %s, of %s, of %s', (raw, medium, mediumCategory, department) => {
  const { rules } = readRules(DEMO_RULES)
  const tags = { medium: raw }
  expect(reportingOf({ first: tags, last: tags }, rules)).toMatchObject({ medium, mediumCategory, department })
})
