import type { Explanation } from '@throughline/engine'
import type { House } from '../house.ts'

/** Prints why a record is as it is, or why it is not there. False where nothing of that name was reported. */
export async function explainRecord(
  house: House,
  record: string,
  json: boolean,
  out: (text: string) => void,
): Promise<boolean> {
  const explanation = await house.engine.explain(record)
  if (!explanation) {
    out(
      json
        ? `${JSON.stringify({ error: { code: 'unknown-record', message: `There is no record ${record}.` } })}\n`
        : `There is no record ${record}. Ids look like eng:…, int:…, opportunity:006…, lead:00Q…, contact:003…; add #stage-2, #completion, #values, #primary-opportunity or #attribution-activation for a part, and #next to a person for what the next interaction would become.\n`,
    )
    return false
  }
  out(json ? `${JSON.stringify(explanation, null, 2)}\n` : `${linesOf(explanation).join('\n')}\n`)
  return true
}

/** An explanation as lines of text, a heading before each of its lists. */
export function linesOf(explanation: Explanation): string[] {
  const { record, so, statement, rule, facts, alternatives, ranking, flips, sufficient, related } = explanation
  const needed = new Set(sufficient)
  return [
    record,
    `  ${so ? '' : 'No. '}${statement}`,
    ...(rule ? [`  Rule ${rule.id}: ${rule.text}`] : []),
    ...section(
      'Facts (* are enough to give it again)',
      facts.map(({ fact, role, source }) => {
        const inferred = fact.inferred ? `, inferred: ${fact.inferred}` : ''
        return `${needed.has(fact.id) ? '*' : ' '} ${isoMoment(fact.occurredAt)} ${source} (${role}${inferred}) ${fact.id}`
      }),
    ),
    ...(ranking
      ? section(
          `Ranked by ${ranking.strategy}`,
          ranking.candidates.flatMap(({ record: id, label, place, reasons }) => [
            `${place}. ${label} (${id})`,
            ...reasons.map((reason) => `   - ${reason}`),
          ]),
        )
      : []),
    ...section(
      'What else could have been',
      alternatives.flatMap((other) => [
        `${other.statement}${other.rule ? ` [${other.rule}]` : ''}`,
        `  but: ${other.lostBecause}`,
      ]),
    ),
    ...section(
      'What would have made it otherwise',
      flips.map(({ change, result }) => `${change}, ${result}.`),
    ),
    ...section(
      'See also',
      related.map(({ record: id, label }) => `${label}: ${id}`),
    ),
  ]
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`  ${title}:`, ...lines.map((line) => `    ${line}`)]

const isoMoment = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 16)
