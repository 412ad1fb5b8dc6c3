import type { ClusterId } from '@throughline/engine'

/** Keys of new facts that belong together, and the clusters some of them belonged to before. */
export type Component = Readonly<{
  /** Keys that no cluster had yet. */
  keys: readonly string[]
  /** Clusters that turn out to be one, each once. */
  clusters: readonly ClusterId[]
}>

/**
 * Joins the keys that occur in one fact, and through them the clusters they belong to: the connected
 * components of the batch, in the order in which they first occur. [I1]
 */
export function componentsOf(
  facts: Iterable<readonly string[]>,
  known: ReadonlyMap<string, ClusterId>,
): readonly Component[] {
  const places = new Map<string, number>()
  const clusterPlaces = new Map<ClusterId, number>()
  const parents: number[] = []

  const root = (place: number): number => {
    let at = place
    while (parents[at] !== at) {
      const above = parents[parents[at] as number] as number
      parents[at] = above
      at = above
    }
    return at
  }
  const newPlace = () => parents.push(parents.length) - 1
  const placeOf = (key: string): number => {
    const seen = places.get(key)
    if (seen !== undefined) return seen
    const cluster = known.get(key)
    let place = cluster === undefined ? newPlace() : clusterPlaces.get(cluster)
    if (place === undefined) place = newPlace()
    if (cluster !== undefined) clusterPlaces.set(cluster, place)
    places.set(key, place)
    return place
  }

  for (const [first, ...others] of facts) {
    if (first === undefined) continue
    let at = root(placeOf(first))
    for (const other of others) {
      const with_ = root(placeOf(other))
      // The earlier place stays the root, so that components come out in order of occurrence.
      const low = Math.min(at, with_)
      parents[Math.max(at, with_)] = low
      at = low
    }
  }

  const found = new Map<number, { keys: string[]; clusters: ClusterId[] }>()
  const componentAt = (place: number) => {
    const at = root(place)
    let component = found.get(at)
    if (!component) {
      component = { keys: [], clusters: [] }
      found.set(at, component)
    }
    return component
  }
  for (const [key, place] of places) {
    const component = componentAt(place)
    if (!known.has(key)) component.keys.push(key)
  }
  for (const [cluster, place] of clusterPlaces) componentAt(place).clusters.push(cluster)
  return [...found.values()]
}
