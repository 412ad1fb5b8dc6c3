import { describe, expect, it } from 'vitest'
import { isProblem, readScenario, runScenario } from '../src/index.ts'

/** Written with a list of entries: an object with `then` could be taken for a promise. */
const then = (expected: object) => Object.fromEntries([['then', expected]])
const NOTHING = then({ engagements: 0 })
const UNTAGGED = 'Lead Created without UTMs or Lead Source by Kim | SDR - Kim | –'

/** What is said of a story that cannot be read, as one text; blank where it can. */
function refusal(story: unknown[], more: object = {}): string {
  const read = readScenario({ scenario: 'x', ...more, story: [...story, NOTHING] })
  return isProblem(read) ? `${read.place}: ${read.problem}. ${read.remedy}` : ''
}

/** Differences of a story from what it expects. */
function differences(story: unknown[], more: object = {}): readonly unknown[] {
  const read = readScenario({ scenario: 'x', ...more, story })
  if (isProblem(read)) throw new Error(`${read.place}: ${read.problem}`)
  return runScenario(read).differences
}

describe('a scenario', () => {
  it('offers the sentences nearest to one it does not know', () => {
    const said = refusal(['2025-01-06 lead L1 is Routed'])
    expect(said).toContain('story, item 1: "lead L1 is Routed" is no sentence')
    expect(said).toContain('lead L1 becomes Routed (any status)')
    expect(said).not.toContain('is reopened')
  })

  it.each([
    [['2025-01-06 Bea creates lead L1', '2025-01-07 lead L1 is Attended in campaign Diner'], 'no campaign "Diner"'],
    [[{ '2025-01-06 John creates opportunity O1': { 'close date': '30.06.2025' } }], 'not a day of the calendar'],
    [[{ '2025-01-06 John creates opportunity O1': { 'close date': '2025-02-30' } }], 'write "close date: 2025-01-31"'],
    [['2025-01-06 constructor creates lead L1'], 'nobody knows "constructor"'],
  ])('refuses %j, saying %s', (story, said) => {
    expect(refusal(story)).toContain(said)
  })

  it.each([
    [{ users: { Kim: 'SDR' } }, 'users: what is told of "Kim" is not a list of details. write it as "Kim: { name:'],
    [{ users: { Kim: { title: 'SDR' } } }, '"title" of "Kim" means nothing here. known here: name, role, queue'],
    [{ users: ['Kim'] }, 'users: it is not a list of users'],
    [{ campaigns: { d: 'Dinner' } }, 'campaigns: what is told of "d"'],
    [
      { settings: { dormancy: 60 } },
      'settings: "dormancy" is a group of settings, not a value. known there: enabled, days',
    ],
    [{ settings: ['dormancy'] }, 'settings: they are not a group of settings'],
    [{ settings: { organisation: { zone: 'Mars' } } }, 'the command line knows zones by their names'],
  ])('refuses what is told beside the story, %j, saying %s', (more, said) => {
    expect(refusal(['2025-01-06 Bea creates lead L1'], more)).toContain(said)
  })

  it('takes hours of one digit, addresses however written, and users by their word alone', () => {
    expect(
      differences(
        [
          { '2025-01-06 9:30 Kim creates lead L1': { email: 'Sarah@Example.com' } },
          { '2025-01-07 address sarah@example.com fills in a form': { did: 'Demo Request' } },
          then({ E1: { 'engagement date': '2025-01-06 09:30', 'first click': UNTAGGED }, engagements: 2 }),
        ],
        { users: { Kim: { role: 'SDR' } } },
      ),
    ).toEqual([])
  })

  it('takes contacts as a list, and other fields of opportunities, tasks and campaigns', () => {
    expect(
      differences(
        [
          '2025-01-06 Bea creates contact C1',
          '2025-01-07 Bea creates contact C2',
          {
            '2025-01-08 John creates opportunity O1': {
              contacts: ['C1', 'C2'],
              'primary contact': 'C2',
              fields: { approved: true },
            },
          },
          { '2025-01-09 Bea logs a task with contact C1': { fields: { result: 'Connected' } } },
          '2025-01-10 contact C2 is Attended in campaign dinner',
          then({
            E2: { 'primary opportunity': 'O1' },
            E3: { 'triggered by': 'Task' },
            E4: { 'triggered by': 'Campaign Member' },
            O1: { 'stage 5': '2025-01-08 by John' },
          }),
        ],
        {
          campaigns: { dinner: { fields: { region: 'EU' } } },
          settings: {
            stages: { qualified: [[{ field: 'approved', operator: 'equals', value: true }]] },
            tasks: [
              {
                name: 'Calls',
                criteria: [[{ field: 'result', operator: 'equals', value: 'connected' }]],
                values: { medium: 'call' },
              },
            ],
            campaigns: [
              {
                name: 'Europe',
                criteria: [[{ field: 'region', operator: 'equals', value: 'EU' }]],
                statuses: [],
                values: { medium: 'event' },
              },
            ],
          },
        },
      ),
    ).toEqual([])
  })
})
