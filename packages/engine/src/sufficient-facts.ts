import { type ClusterFact, type FactId, keysOf } from '@throughline/core'

/**
 * Facts that by themselves give the same answer again, as `holds` says of a set of them.
 *
 * The search begins with the facts that an explanation cites and those that create the records they touch, then takes in
 * the facts about the same records, then those of everybody these meet, then all; the first of these that gives the
 * answer is shrunk by leaving out ever smaller parts of it. Whatever is given back was folded and compared: `holds`
 * is false where the budget does not allow to see, and of all facts nothing need be seen.
 */
export function sufficientFacts(
  id: string,
  facts: readonly ClusterFact[],
  cited: ReadonlySet<FactId>,
  holds: (subset: readonly ClusterFact[]) => boolean,
): FactId[] {
  const enough = circlesOf(id, facts, cited).find((circle) => circle.length < facts.length && holds(circle)) ?? facts
  // What is cited is tried last: it is what a reader expects to find among them.
  const ordered = [...enough].sort((a, b) => Number(cited.has(a.id)) - Number(cited.has(b.id)))
  return shrunk(ordered, holds).map((fact) => fact.id)
}

/** Ever wider sets of facts around those that are cited, without the whole. */
export function circlesOf(
  id: string,
  facts: readonly ClusterFact[],
  cited: ReadonlySet<FactId>,
): readonly (readonly ClusterFact[])[] {
  const core = facts.filter((fact) => cited.has(fact.id))
  const touched = new Set<string>([...core.flatMap((fact) => keysOf(fact)), id])
  const creators = facts.filter(
    (fact) => cited.has(fact.id) || (fact.kind.endsWith('-created') && touched.has(keysOf(fact)[0])),
  )
  const near = about(facts, touched)
  const wide = about(facts, new Set([...touched, ...near.flatMap((fact) => keysOf(fact))]))
  return [creators, near, wide]
}

const about = (facts: readonly ClusterFact[], keys: ReadonlySet<string>): ClusterFact[] =>
  facts.filter((fact) => keysOf(fact).some((key) => keys.has(key)))

/** Leaves out halves, quarters and so on down to single facts, whatever can be missed. */
function shrunk(facts: readonly ClusterFact[], holds: (subset: readonly ClusterFact[]) => boolean): ClusterFact[] {
  let kept = [...facts]
  for (let size = Math.ceil(kept.length / 2); size >= 1; ) {
    let missed = false
    for (let from = 0; from < kept.length; ) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)]
      if (holds(without)) {
        kept = without
        missed = true
      } else from += size
    }
    // Single facts are tried again as long as one of them could go: what needed it may have gone since.
    if (size > 1) size = Math.ceil(size / 2)
    else if (!missed) break
  }
  return kept
}
