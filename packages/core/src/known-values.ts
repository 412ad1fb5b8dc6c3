import { isNamedIn } from './criteria.ts'
import type { ClusterFact } from './facts.ts'
import { find, type RecordState, type State } from './state.ts'

/** Reports a status the company does not know; the rules still apply to it. */
export function checkStatus(state: State, record: RecordState, status: string | undefined, fact: ClusterFact): void {
  if (status !== undefined && !isNamedIn(state.rules.statuses[record.object], status))
    find(state, 'unknown-status', record.key, fact, `The rules do not know the ${record.object} status "${status}".`)
}

/** Reports a Lead Source the company does not know; it is used all the same. An empty list knows them all. */
export function checkLeadSource(state: State, record: string, leadSource: string | undefined, fact: ClusterFact): void {
  const { leadSources } = state.rules
  if (leadSource !== undefined && leadSources.length > 0 && !isNamedIn(leadSources, leadSource))
    find(state, 'unknown-lead-source', record, fact, `The rules do not know the Lead Source "${leadSource}".`)
}
