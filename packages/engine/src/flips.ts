import type { FactId } from '@throughline/core'
export type Flip = Readonly<{ change: string; fact: FactId | null; result: string }>
export function flipsOf(_a: unknown, _b: unknown): Flip[] {
  return []
}
