import { StoreError } from './errors.ts'

/** What JSON writes for NUL and for half of a surrogate pair; also found behind an escaped backslash. */
const SUSPECT = /\\u(?:0000|d[89a-f][0-9a-f]{2})/

/**
 * Refuses texts that would not come back as they went in: PostgreSQL cannot keep NUL, and half of a
 * surrogate pair is no character in UTF-8. `text` is the JSON of `rows`.
 */
export function refuseUnstorable(text: string, rows: readonly Readonly<{ id?: string; key?: string }>[]): void {
  if (!SUSPECT.test(text)) return
  for (const row of rows) refuseTexts(row, JSON.stringify(row.id ?? row.key))
}

function refuseTexts(value: unknown, place: string): void {
  if (typeof value === 'string') {
    // The lone half of a pair is the only thing that UTF-8 replaces.
    if (value.includes('\0') || Buffer.from(value).toString() !== value)
      throw new StoreError(
        'unstorable-text',
        `A text of ${place} holds ${value.includes('\0') ? 'a NUL character' : 'half of a surrogate pair'}, which the store cannot keep: ${JSON.stringify(value.slice(0, 80))}. Remove it from the source, or reject the row.`,
      )
  } else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      refuseTexts(name, place)
      refuseTexts(inner, place)
    }
  }
}
