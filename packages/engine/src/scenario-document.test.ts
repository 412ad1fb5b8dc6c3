import { isProblem, runScenario } from '@throughline/core'
import { describe, expect, it } from 'vitest'
import { readScenarioDocument } from './scenario-document.ts'

const STORY = ['2025-01-06 00:30 Bea creates lead L1', '2025-08-01 nothing more happens']

/** Written as a list of entries: an object with `then` could be taken for a promise. */
const then = (expected: object) => Object.fromEntries([['then', expected]])

function read(settings: unknown, expected: object = { engagements: 1 }) {
  return readScenarioDocument({ scenario: 'x', settings, story: [...STORY, then(expected)] })
}

function refusal(settings: unknown): string {
  const scenario = read(settings)
  return isProblem(scenario) ? `${scenario.place}: ${scenario.problem}. ${scenario.remedy}` : ''
}

describe('a scenario as people write it', () => {
  it.each([
    ['America/New_York', '2025-04-07 00:05'],
    [{ name: 'America/New_York' }, '2025-04-07 00:05'],
    ['Asia/Kathmandu', '2025-04-07 00:05'],
    [{ name: 'Somewhere', offsets: [[0, 0]] }, '2025-04-07 00:05'],
  ])('[J8] knows the zone %j', (zone, completed) => {
    const scenario = read({ organisation: { zone } }, { E1: { 'engagement date': '2025-01-06 00:30', completed } })
    if (isProblem(scenario)) throw new Error(scenario.problem)
    expect(runScenario(scenario).differences).toEqual([])
  })

  it('fills in what a rule may leave out', () => {
    const scenario = readScenarioDocument({
      scenario: 'x',
      settings: {
        dispositions: [
          { object: 'lead', criteria: [[{ field: 'status', operator: 'equals', value: 'Bad' }]], outcome: 'Bad Lead' },
        ],
      },
      story: [
        '2025-01-06 Bea creates lead L1',
        '2025-01-07 lead L1 becomes Bad',
        then({ E1: { outcome: 'Bad Lead' } }),
      ],
    })
    if (isProblem(scenario)) throw new Error(scenario.problem)
    expect(runScenario(scenario).differences).toEqual([])
  })

  it.each([
    [{ order: 'sideways' }, 'settings: order: '],
    [{ dormancy: { days: 'soon' } }, 'settings: dormancy.days: '],
    [{ dormancy: { day: 60 } }, 'no setting "dormancy.day". known there: enabled, days'],
    [{ organisation: { zone: 'Mars/Olympus' } }, 'use an IANA name such as Europe/London'],
    [{ stages: { qualified: [[{ field: 'x', operator: 'is' }]] } }, 'stages.qualified.0.0.operator: '],
    [{ dispositions: [{ object: 'lead' }] }, 'dispositions.0.criteria: '],
    [[], 'they are not a group of settings'],
  ])('refuses the settings %j, saying %s', (settings, said) => {
    expect(refusal(settings)).toContain(said)
  })
})
