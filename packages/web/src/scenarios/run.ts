import {
  type Derivation,
  type Difference,
  isProblem,
  runScenario,
  type Scenario,
  type View,
  viewOf,
} from '@throughline/core'
import { readScenarioDocument } from '@throughline/engine/scenario-document'
import { isNode, isSeq, LineCounter, parseDocument } from 'yaml'

/** A text that is no scenario yet: where, what is wrong, and what would be right. Lines count from 1. */
export type Unreadable = Readonly<{ line: number | undefined; problem: string; remedy: string }>

/** What one `then:` came to. */
export type Check = Readonly<{ place: string; line: number | undefined; differences: readonly Difference[] }>

/** A scenario that ran, and everything that followed from its story. */
export type Ran = Readonly<{
  scenario: Scenario
  passed: boolean
  checks: readonly Check[]
  derivation: Derivation
  /** The same, field by field, by the names the story gives things. */
  view: View
}>

/** Runs a scenario's text through the same core that the server runs. */
export function run(text: string): Unreadable | Ran {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [error] = document.errors
  if (error)
    return {
      line: lines.linePos(error.pos[0]).line,
      problem: `this is not YAML: ${error.message.split(/ at line |:?\n/, 1)[0]}`,
      remedy: 'put a text that holds ": " into quotes, start each sentence with "- ", and indent with spaces',
    }
  const story = document.get('story', true)
  const lineOf = (place: string): number | undefined => {
    const item = /^story, item (\d+)$/.exec(place)?.[1]
    const node = item ? isSeq(story) && story.items[Number(item) - 1] : document.get(place, true)
    const start = isNode(node) ? node.range?.[0] : undefined
    return start === undefined ? undefined : lines.linePos(start).line
  }
  const scenario = readScenarioDocument(document.toJS())
  if (isProblem(scenario)) return { line: lineOf(scenario.place), problem: scenario.problem, remedy: scenario.remedy }
  const { passed, differences, derivation } = runScenario(scenario)
  return {
    scenario,
    passed,
    checks: scenario.expectations.map(({ place }) => ({
      place,
      line: lineOf(place),
      differences: differences.filter((one) => one.place === place),
    })),
    derivation,
    view: viewOf(derivation, scenario.rules, scenario.names),
  }
}
