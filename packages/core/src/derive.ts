import type { Derivation } from './derivation.ts'
import type { Directory } from './directory.ts'
import type { ClusterFact, Instant } from './facts.ts'
import type { Rules } from './rules.ts'

export declare function derive(
  facts: readonly ClusterFact[],
  directory: Directory,
  rules: Rules,
  asOf: Instant,
): Derivation
