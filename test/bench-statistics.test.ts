import { describe, expect, it } from 'vitest'
import { median, percentile, spread } from '../bench/statistics.mjs'
import { judged } from '../bench/targets.mjs'

describe('the benchmark’s statistics', () => {
  it('take the middle value, or the mean of the two in the middle, whatever the order', () => {
    expect(median([7])).toBe(7)
    expect(median([9, 1, 5])).toBe(5)
    expect(median([10, 2, 4, 3])).toBe(3.5)
    // As numbers, not as text: 9 comes before 10.
    expect(median([10, 9, 100])).toBe(10)
  })

  it('give the smallest value that so many percent do not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
    expect(percentile(hundred, 50)).toBe(50)
    expect(percentile(hundred, 95)).toBe(95)
    expect(percentile(hundred, 100)).toBe(100)
    expect(percentile(hundred, 0)).toBe(1)
    expect(percentile([3, 1, 2], 95)).toBe(3)
    expect(percentile([8], 99)).toBe(8)
  })

  it('say how far measurements lie apart, as a share of the median', () => {
    expect(spread([4])).toBe(0)
    expect(spread([10, 8, 12])).toBeCloseTo(0.4)
    expect(spread([0, 0])).toBe(0)
  })

  it('leave what they are given as it was, and refuse to tell anything of nothing', () => {
    const values = [3, 1, 2]
    median(values)
    percentile(values, 95)
    expect(values).toEqual([3, 1, 2])
    for (const statistic of [() => median([]), () => percentile([], 50), () => spread([])])
      expect(statistic).toThrow('measure at least once')
  })
})

describe('the benchmark’s targets', () => {
  const rebuilt = (seconds: number, peakMb: number) => ({
    size: '1m',
    people: 91_000,
    rebuild: { twoWorkers: [{ seconds, cpu: 2 * seconds, peakMb, facts: 1_000_000 }] },
  })
  const verdictOf = (what: string, one: object) => judged([one]).find((row) => row.what === what)

  it('are met from the target on, and missed below it', () => {
    expect(verdictOf('rebuild, 2 threads', rebuilt(4, 900))).toMatchObject({ size: '1m', verdict: 'met' })
    expect(verdictOf('rebuild, 2 threads', rebuilt(4.1, 900))).toMatchObject({ verdict: '**missed**' })
    expect(verdictOf('memory of that rebuild', rebuilt(4, 1536))).toMatchObject({ verdict: 'met' })
    expect(verdictOf('memory of that rebuild', rebuilt(4, 1537))).toMatchObject({ verdict: '**missed**' })
  })

  it('say so where nothing was measured', () => {
    expect(verdictOf('import into SQLite', rebuilt(4, 900))).toMatchObject({ measured: 'not run', verdict: '–' })
  })
})
