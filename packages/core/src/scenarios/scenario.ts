import { MINUTE_MS } from '../calendar.ts'
import type { Derivation } from '../derivation.ts'
import { derive } from '../derive.ts'
import { directoryOf } from '../directory.ts'
import type { ClusterFact, DirectoryFact, Fact, FactKind, Fields, Instant } from '../facts.ts'
import { isDirectoryFact } from '../facts.ts'
import { DEFAULT_RULES, type Rules } from '../rules.ts'
import type { Arrival } from '../visits.ts'
import { detailsOf, parseMoment, type ScenarioProblem } from './document.ts'
import { compareExpectations, type Difference, type Names } from './expectations.ts'
import { readSentence } from './sentences.ts'

/** What should be true after the lines before it. */
export type Expectation = Readonly<{
  place: string
  asOf: Instant
  facts: readonly Fact[]
  expected: Readonly<Record<string, unknown>>
}>

/**
 * A history and what should follow from it, as a salesperson would tell it. See `docs/scenarios.md` for the form.
 */
export type Scenario = Readonly<{
  name: string
  /** Numbers of the rules under test. */
  tests: readonly string[]
  rules: Rules
  names: Names
  expectations: readonly Expectation[]
}>

export type ScenarioResult = Readonly<{
  name: string
  passed: boolean
  differences: readonly Difference[]
  /** What followed from the whole history. */
  derivation: Derivation
}>

/** The people every scenario may speak of without introducing them. */
const USERS: Readonly<Record<string, Readonly<{ name: string; role: string; queue?: boolean }>>> = {
  MAP: { name: 'MAP', role: 'MAP' },
  Bea: { name: 'Bea Ito', role: 'BDR' },
  Jane: { name: 'Jane Doe', role: 'BDR' },
  John: { name: 'John Smith', role: 'AE' },
  Ada: { name: 'Ada Ops', role: 'Admin' },
}

/** Facts that an engagement may follow from. */
const MAKES_ENGAGEMENTS: ReadonlySet<FactKind> = new Set([
  'lead-created',
  'contact-created',
  'interaction-recorded',
  'campaign-member-set',
  'task-recorded',
  'contact-role-added',
  'opportunity-created',
])

class Unreadable extends Error {
  readonly problem: ScenarioProblem
  constructor(problem: ScenarioProblem) {
    super(`${problem.place}: ${problem.problem}; ${problem.remedy}`)
    this.problem = problem
  }
}

/** Reads a scenario from its parsed document; gives the first problem instead if it cannot be understood. */
export function readScenario(document: unknown): Scenario | ScenarioProblem {
  try {
    return scenarioOf(document)
  } catch (error) {
    if (error instanceof Unreadable) return error.problem
    throw error
  }
}

/** True of what `readScenario` gives when it could not read. */
export function isProblem(read: Scenario | ScenarioProblem): read is ScenarioProblem {
  return 'problem' in read
}

/** Runs a scenario: derives at each expectation and lists every difference, in plain words. */
export function runScenario(scenario: Scenario): ScenarioResult {
  const differences: Difference[] = []
  let derivation: Derivation | undefined
  for (const expectation of scenario.expectations) {
    derivation = deriveScenario(scenario, expectation)
    differences.push(...compareExpectations(expectation, derivation, scenario.rules, scenario.names))
  }
  return {
    name: scenario.name,
    passed: differences.length === 0,
    differences,
    derivation: derivation ?? deriveScenario(scenario, { place: '', asOf: 0, facts: [], expected: {} }),
  }
}

function deriveScenario({ rules }: Scenario, { facts, asOf }: Expectation): Derivation {
  const directory = directoryOf(facts.filter(isDirectoryFact), asOf)
  return derive(
    facts.filter((fact): fact is ClusterFact => !isDirectoryFact(fact)),
    directory,
    rules,
    asOf,
  )
}

function scenarioOf(document: unknown): Scenario {
  const fail =
    (place: string) =>
    (problem: string, remedy: string): never => {
      throw new Unreadable({ place, problem, remedy })
    }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return fail('scenario')('the file is not a scenario', 'start it with "scenario:", "tests:" and "story:"')
  const { scenario, tests, settings, users, campaigns, story, ...rest } = document as Record<string, unknown>
  const unknown = Object.keys(rest)[0]
  if (unknown !== undefined)
    fail('scenario')(
      `"${unknown}" means nothing here`,
      'known are scenario, tests, settings, users, campaigns and story',
    )
  if (typeof scenario !== 'string') fail('scenario')('it has no name', 'write "scenario: what it shows"')
  if (!Array.isArray(story))
    return fail('scenario')('it has no story', 'write "story:" and under it one line for each thing that happens')
  const rules = overlay(DEFAULT_RULES, settings, fail('settings')) as Rules

  const known: Record<string, Introduced> = {
    ...USERS,
    ...introduced(users, 'users', 'Kim: { name: Kim Weber, role: SDR }', fail('users')),
  }
  const facts: Fact[] = Object.entries(known).map(
    ([user, one]): DirectoryFact => ({
      id: `user/${user}`,
      kind: 'user-recorded',
      occurredAt: 0,
      recordedAt: 0,
      user,
      name: one.name ?? user,
      ...(one.role !== undefined && { role: one.role }),
      ...(one.queue && { queue: true }),
    }),
  )
  const events = introduced(campaigns, 'campaigns', 'fair: { name: Spring Fair, type: Event }', fail('campaigns'))
  for (const [campaign, one] of Object.entries(events))
    facts.push({
      id: `campaign/${campaign}`,
      kind: 'campaign-recorded',
      occurredAt: 0,
      recordedAt: 0,
      campaign,
      name: one.name ?? campaign,
      ...(one.type !== undefined && { type: one.type }),
      ...(one.fields !== undefined && { fields: one.fields }),
    })

  const names = new Map<string, string>()
  const expectations: Expectation[] = []
  const visits = new Map<string, Arrival[]>()
  let now: Instant | undefined
  for (const [index, item] of (story as unknown[]).entries()) {
    const number = index + 1
    const place = `story, item ${number}`
    const [key, value] =
      typeof item === 'string' ? [item, null] : (Object.entries((item ?? {}) as object)[0] ?? ['', null])
    const failHere = fail(place)
    if (item !== null && typeof item === 'object' && Object.keys(item).length > 1)
      failHere('one item has two sentences', 'start each sentence with "- ", and indent its details by four')
    if (key === 'then') {
      if (now === undefined) return failHere('nothing has happened yet', 'put "then:" after the lines it follows from')
      if (typeof value !== 'object' || value === null)
        return failHere('nothing is expected', 'name engagements, people and opportunities under "then:"')
      expectations.push({ place, asOf: now, facts: [...facts], expected: value as Record<string, unknown> })
      continue
    }
    const match = /^(\d{4}-\d{2}-\d{2}(?: \d{1,2}:\d{2}(?::\d{2})?)?) (.+)$/.exec(String(key).trim())
    const at = match && parseMoment(match[1] as string, rules.organisation.zone)
    if (match && at === undefined)
      return failHere(`"${match[1]}" is no moment of the calendar`, 'write it as "2025-01-31" or "2025-01-31 14:05"')
    if (!match || at === undefined || at === null)
      return failHere(`"${key}" does not start with a date`, 'write for example "2025-01-06 09:00 Bea creates lead L1"')
    const sentence = match[2] as string
    if (now === undefined || at > now) now = at
    if (/^nothing more happens$/.test(sentence)) continue
    const details = detailsOf(value, failHere)
    const named = details.text('as')
    const added = readSentence(sentence, {
      number,
      at,
      details,
      rules,
      visits,
      fail: failHere,
      user: (name) =>
        Object.hasOwn(known, name)
          ? name
          : failHere(
              `nobody knows "${name}"`,
              `known: ${Object.keys(known).join(', ')}; introduce others under "users:"`,
            ),
      campaign: (name) =>
        Object.hasOwn(events, name)
          ? name
          : failHere(
              `there is no campaign "${name}"`,
              `known: ${Object.keys(events).join(', ') || 'none'}; introduce others under "campaigns:"`,
            ),
      engagement: (label) => {
        const fact = facts.find((one) => names.get(one.id) === label && MAKES_ENGAGEMENTS.has(one.kind))
        return fact
          ? `eng:${fact.id}`
          : failHere(`no line before this one is called "${label}"`, `write "as: ${label}" under the line that made it`)
      },
    })
    facts.push(...added)
    if (named !== undefined) for (const fact of added) names.set(fact.id, named)
  }
  if (expectations.length === 0) fail('story')('nothing is expected', 'end it with "- then:" and what should be true')
  // Grace periods end without a line of their own: an expectation sees what its last line leads to within the minute.
  return {
    name: scenario as string,
    tests: Array.isArray(tests) ? tests.map(String) : [],
    rules,
    names: { given: names, facts },
    expectations: expectations.map((one) => ({ ...one, asOf: one.asOf + MINUTE_MS - 1 })),
  }
}

type Introduced = Readonly<{ name?: string; role?: string; queue?: boolean; type?: string; fields?: Fields }>

/** Users or campaigns that a story introduces, each by the word it uses, which is its name where none is given. */
function introduced(
  given: unknown,
  what: 'users' | 'campaigns',
  example: string,
  fail: (problem: string, remedy: string) => never,
): Record<string, Introduced> {
  if (given === undefined || given === null) return {}
  if (typeof given !== 'object' || Array.isArray(given)) fail(`it is not a list of ${what}`, `write "${example}"`)
  const known = what === 'users' ? ['name', 'role', 'queue'] : ['name', 'type', 'fields']
  for (const [word, one] of Object.entries(given as object)) {
    if (typeof one !== 'object' || one === null || Array.isArray(one))
      fail(`what is told of "${word}" is not a list of details`, `write it as "${example}"`)
    for (const detail of Object.keys(one as object))
      if (!known.includes(detail))
        fail(`"${detail}" of "${word}" means nothing here`, `known here: ${known.join(', ')}`)
  }
  return given as Record<string, Introduced>
}

/** Lays a company's settings over the defaults: objects are merged, everything else is replaced. */
function overlay(base: unknown, over: unknown, fail: (problem: string, remedy: string) => never, path = ''): unknown {
  if (over === undefined || over === null) return base
  if (typeof base !== 'object' || base === null || Array.isArray(base)) return over
  if (typeof over !== 'object' || Array.isArray(over))
    return fail(
      path === '' ? 'they are not a group of settings' : `"${path.slice(1)}" is a group of settings, not a value`,
      path === '.organisation.zone'
        ? 'write its name and its offsets; the command line knows zones by their names'
        : `known there: ${Object.keys(base).join(', ')}`,
    )
  const result: Record<string, unknown> = { ...(base as Record<string, unknown>) }
  for (const [name, value] of Object.entries(over)) {
    const known = name in result || path === '.organisation.rates' || path === '.reactivation'
    if (!known)
      fail(
        `the rules have no setting "${`${path}.${name}`.slice(1)}"`,
        `known there: ${Object.keys(result).join(', ')}`,
      )
    result[name] = overlay(result[name], value, fail, `${path}.${name}`)
  }
  return result
}
