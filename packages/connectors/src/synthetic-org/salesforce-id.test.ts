import { describe, expect, it } from 'vitest'
import { toId18 } from '../salesforce-export/ids.ts'
import { idsOf, isSalesforceId, KEY_PREFIX, withChecksum } from './salesforce-id.ts'

describe('Salesforce ids', () => {
  it('carry the checksum of the longer form', () => {
    // A published example of a 15-character id and its longer form.
    expect(withChecksum('001D000000IqhSL')).toBe('001D000000IqhSLIAZ')
  })

  it.each(Object.entries(KEY_PREFIX))('of %s begin with %s and never repeat', (object, prefix) => {
    const next = idsOf(object as keyof typeof KEY_PREFIX)
    const ids = Array.from({ length: 10_000 }, next)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => id.startsWith(prefix) && isSalesforceId(id))).toBe(true)
    // The reader of exports, which was written apart from this, agrees.
    for (const id of ids.slice(0, 200)) expect(toId18(id.slice(0, 15))).toBe(id)
  })

  it('are told from look-alikes', () => {
    expect(isSalesforceId('001D000000IqhSLIAZ')).toBe(true)
    expect(isSalesforceId('001D000000IqhSLIAA')).toBe(false)
    expect(isSalesforceId('001D000000IqhSL')).toBe(false)
    expect(isSalesforceId('001D000000IqhSl!IA')).toBe(false)
  })
})
