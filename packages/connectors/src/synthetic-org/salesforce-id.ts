/** Prefixes by which Salesforce tells what an id is of. */
export const KEY_PREFIX = {
  user: '005',
  role: '00E',
  queue: '00G',
  account: '001',
  contact: '003',
  lead: '00Q',
  opportunity: '006',
  contactRole: '00K',
  campaign: '701',
  campaignMember: '00v',
  task: '00T',
  personHistory: '017',
  opportunityHistory: '008',
  interaction: 'a0I',
} as const

export type IdObject = keyof typeof KEY_PREFIX

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const CHECK_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

/** Two characters for the instance the company lives on, and one that Salesforce keeps in reserve. */
const POD = '5g0'

/** Gives out ids of one object in order. */
export function idsOf(object: IdObject): () => string {
  const prefix = KEY_PREFIX[object] + POD
  // Objects start apart, as in an org that has lived a while.
  let number = 1_000_000 + prefix.charCodeAt(0) * 4_099 + prefix.charCodeAt(2) * 104_729
  // All but the last digit stays the same for 62 ids in a row.
  let head = ''
  let headChecks = ''
  return () => {
    const last = number % 62
    if (last === 0 || head === '') {
      head = prefix + digitsOf(Math.floor(number / 62), 8)
      headChecks = checkCharacter(head, 0) + checkCharacter(head, 5)
    }
    number++
    const id = head + DIGITS[last]
    return id + headChecks + checkCharacter(id, 10)
  }
}

function digitsOf(number: number, length: number): string {
  let digits = ''
  for (let rest = number; digits.length < length; rest = Math.floor(rest / 62)) digits = DIGITS[rest % 62] + digits
  return digits
}

/**
 * The 18-character form of a 15-character id: each of three check characters says which of five characters
 * are capitals, so that ids survive tools that ignore case. Source: Salesforce, "ID field type".
 */
export function withChecksum(id15: string): string {
  return id15 + checkCharacter(id15, 0) + checkCharacter(id15, 5) + checkCharacter(id15, 10)
}

/** True for an 18-character id whose check characters are right. */
export function isSalesforceId(id: string): boolean {
  return /^[0-9A-Za-z]{15}[A-Z0-5]{3}$/.test(id) && withChecksum(id.slice(0, 15)) === id
}

function checkCharacter(id: string, from: number): string {
  let bits = 0
  for (let i = 0; i < 5; i++) {
    const code = id.charCodeAt(from + i)
    if (code >= 65 && code <= 90) bits |= 1 << i
  }
  return CHECK_DIGITS[bits] as string
}
