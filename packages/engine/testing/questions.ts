import type { ClusterFact, Derivation } from '@throughline/core'

/** Everything that can be asked about a derivation: every record, each of its parts, and every touch that made nothing. */
export function questionsAbout(derivation: Derivation, facts: readonly ClusterFact[]): string[] {
  const questions: string[] = []
  for (const { id } of derivation.engagements) {
    questions.push(id, `${id}#values`, `${id}#completion`, `${id}#primary-opportunity`)
    for (const stage of [1, 2, 3, 4, 5, 6]) questions.push(`${id}#stage-${stage}`)
  }
  for (const { id } of derivation.opportunities) {
    questions.push(`opportunity:${id}`, `opportunity:${id}#attribution-activation`)
    for (const stage of [4, 5, 6]) questions.push(`opportunity:${id}#stage-${stage}`)
  }
  for (const { id } of derivation.people) questions.push(id, `${id}#next`)
  for (const { id } of derivation.interactions) questions.push(id)
  const made = new Set([...derivation.engagements, ...derivation.interactions].map(({ id }) => id.slice(4)))
  for (const { id } of facts) if (!made.has(id)) questions.push(`eng:${id}`, `int:${id}`)
  return [...new Set(questions)]
}
