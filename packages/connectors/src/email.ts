import { createHmac } from 'node:crypto'
import type { EmailKey } from '@throughline/core'

/**
 * An e-mail address as people meant it: without blanks, invisible characters or `mailto:`, in lower case.
 * Undefined where there is no address in the text, or more than one.
 */
export function normalEmail(text: string): string | undefined {
  const plain = text
    .replace(/[\s\u00A0\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase()
  return /^[^@,;<>]+@[^@,;<>]+\.[^@,;<>.]+$/.test(plain) ? plain : undefined
}

/** Hashes addresses with a secret: `email:` and the first 32 hexadecimal digits of HMAC-SHA256. */
export function emailHasher(pseudonymKey: Uint8Array): (text: string) => EmailKey | undefined {
  return (text) => {
    const address = normalEmail(text)
    if (address === undefined) return undefined
    return `email:${createHmac('sha256', pseudonymKey).update(address).digest('hex').slice(0, 32)}`
  }
}
