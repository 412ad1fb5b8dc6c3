/**
 * Salesforce record ids: 15 characters that differ by case, or the same and three more that say which of
 * them are capitals. We keep the 18-character form.
 */

const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

/** Digits, capitals, small letters: 0 to 61 by character code; 255 for anything else. */
const ALPHABET = new Uint8Array(128).fill(255)
for (let i = 0; i < 10; i++) ALPHABET[48 + i] = i
for (let i = 0; i < 26; i++) {
  ALPHABET[65 + i] = 10 + i
  ALPHABET[97 + i] = 36 + i
}

/**
 * The 18-character form of an id given with 15 or 18 characters. An 18-character id whose letters lost
 * their case (a spreadsheet did that) is repaired from its last three. Undefined for anything else.
 */
export function toId18(text: string): string | undefined {
  const length = text.length
  if (length !== 15 && length !== 18) return undefined
  for (let i = 0; i < length; i++) if ((ALPHABET[text.charCodeAt(i)] ?? 255) === 255) return undefined
  const suffix = suffixOf(text)
  if (length === 15) return text + suffix
  if (text.endsWith(suffix)) return text
  return repaired(text)
}

function suffixOf(text: string): string {
  let suffix = ''
  for (let chunk = 0; chunk < 15; chunk += 5) {
    let bits = 0
    for (let i = 0; i < 5; i++) {
      const code = text.charCodeAt(chunk + i)
      if (code >= 65 && code <= 90) bits |= 1 << i
    }
    suffix += SUFFIX[bits]
  }
  return suffix
}

function repaired(text: string): string | undefined {
  const body = text.slice(0, 15)
  if (body !== body.toUpperCase() && body !== body.toLowerCase()) return undefined
  const suffix = text.slice(15).toUpperCase()
  let id = ''
  for (let i = 0; i < 15; i++) {
    const bits = SUFFIX.indexOf(suffix[Math.floor(i / 5)] as string)
    if (bits < 0) return undefined
    const character = body[i] as string
    id += bits & (1 << (i % 5)) ? character.toUpperCase() : character.toLowerCase()
  }
  return suffixOf(id) === suffix ? id + suffix : undefined
}

/** Five characters of an id as a 30-bit integer, so that three integers are the id, exactly. */
export function idChunk(id: string, from: number): number {
  let value = 0
  for (let i = from; i < from + 5; i++) value = (value << 6) | (ALPHABET[id.charCodeAt(i)] as number)
  return value
}

/** The last eight of the fifteen characters as an integer: rows made later have larger ones. */
export function idSequence(id: string): number {
  let value = 0
  for (let i = 7; i < 15; i++) value = value * 62 + (ALPHABET[id.charCodeAt(i)] as number)
  return value
}
