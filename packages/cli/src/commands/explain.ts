import type { House } from '../house.ts'

/** Prints why a record is as it is. False where there is no such record. */
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
        : `There is no record ${record}. Ids look like eng:…, opportunity:006…, lead:00Q…, contact:003…; add #stage-2, #completion, #values or #primary-opportunity for a part.\n`,
    )
    return false
  }
  if (json) {
    out(`${JSON.stringify(explanation, null, 2)}\n`)
    return true
  }
  out(`${explanation.record}\n  ${explanation.statement}\n`)
  if (explanation.rule) out(`  Rule ${explanation.rule.id}: ${explanation.rule.text}\n`)
  for (const { fact, role } of explanation.facts)
    out(
      `  Fact ${fact.id} (${fact.kind}, ${isoMoment(fact.occurredAt)}${fact.inferred ? `, inferred: ${fact.inferred}` : ''}) ${role}\n`,
    )
  for (const other of explanation.alternatives)
    out(`  Instead: ${other.statement}${other.rule ? ` [${other.rule}]` : ''}\n    but: ${other.lostBecause}\n`)
  if (explanation.related.length > 0) out('  See also:\n')
  for (const { record: id, label } of explanation.related) out(`    ${label}: ${id}\n`)
  return true
}

const isoMoment = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 16)
