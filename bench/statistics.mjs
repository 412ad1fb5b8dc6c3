// @ts-check
/** The few statistics the benchmark's page is made of. */

/**
 * The value in the middle; between the two middle ones where their number is even.
 *
 * @param {readonly number[]} values at least one
 */
export function median(values) {
  const sorted = ascending(values)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/**
 * The smallest value that at least `percent` of all values do not exceed (nearest rank).
 *
 * @param {readonly number[]} values at least one
 * @param {number} percent 0 to 100
 */
export function percentile(values, percent) {
  const sorted = ascending(values)
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

/**
 * How far repeated measurements lie apart: from the smallest to the largest, as a share of the median. 0 for one.
 *
 * @param {readonly number[]} values at least one
 */
export function spread(values) {
  const middle = median(values)
  return middle === 0 ? 0 : (Math.max(...values) - Math.min(...values)) / middle
}

/** @param {readonly number[]} values @returns {number[]} */
function ascending(values) {
  if (values.length === 0) throw new Error('There is no statistic of no values: measure at least once.')
  return [...values].sort((a, b) => a - b)
}
