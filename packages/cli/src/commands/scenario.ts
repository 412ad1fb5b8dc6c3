import { readFileSync } from 'node:fs'
import { isProblem, runScenario } from '@throughline/core'
import { readScenarioDocument } from '@throughline/engine'
import { parse, YAMLParseError } from 'yaml'

type Outcome = Readonly<{ file: string; name: string; passed: boolean; lines: readonly string[] }>

/** Runs scenario files and tells every difference. True when all passed. */
export function testScenarios(files: readonly string[], json: boolean, out: (text: string) => void): boolean {
  const outcomes = files.map(testScenario)
  const failed = outcomes.filter((one) => !one.passed)
  if (json)
    out(`${JSON.stringify({ passed: outcomes.length - failed.length, failed: failed.length, outcomes }, null, 2)}\n`)
  else {
    for (const { file, name, passed, lines } of outcomes) {
      out(`${passed ? '✓' : '✗'} ${name || file}\n`)
      for (const line of lines) out(`    ${line}\n`)
    }
    out(`${outcomes.length - failed.length} passed, ${failed.length} failed\n`)
  }
  return failed.length === 0
}

function testScenario(file: string): Outcome {
  const unreadable = (line: string): Outcome => ({ file, name: file, passed: false, lines: [line] })
  let document: unknown
  try {
    document = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof YAMLParseError) {
      const [what] = error.message.split('\n')
      return unreadable(
        `${file} is not YAML: ${what?.replace(/:$/, '')}. Remedy: put a text that holds ": " into quotes, start each sentence with "- ", and indent with spaces.`,
      )
    }
    throw error
  }
  const scenario = readScenarioDocument(document)
  if (isProblem(scenario)) return unreadable(`${scenario.place}: ${scenario.problem}. Remedy: ${scenario.remedy}.`)
  const { passed, differences } = runScenario(scenario)
  return {
    file,
    name: scenario.name,
    passed,
    lines: differences.map(
      (one) => `${one.place}: ${one.record}, ${one.field}: expected ${one.expected}, got ${one.actual}`,
    ),
  }
}
