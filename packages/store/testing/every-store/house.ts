import type { Fact } from '@throughline/core'
import type { Profile } from '@throughline/engine'
import { describe, expect, it } from 'vitest'
import { statusOf } from '../facts.ts'
import { eachWithStore, NOW } from '../opened.ts'
import type { Fresh } from '../places.ts'

export function houseTests(fresh: () => Promise<Fresh>): void {
  describe('what a company keeps beside its log', () => {
    const { store, another } = eachWithStore(fresh)

    it('numbers versions of the rules, and makes none for what is already in force', async () => {
      expect(await store().activeRules()).toBeUndefined()
      const first = await store().saveRules('{"a":1}', 'h1', NOW)
      expect(first).toStrictEqual({ version: 1, hash: 'h1', document: '{"a":1}', savedAt: NOW })
      expect(await store().saveRules('{"a":1}', 'h1', NOW + 5)).toStrictEqual(first)
      const second = await store().saveRules('{"a":2}', 'h2', NOW + 6)
      const back = await store().saveRules('{"a":1}', 'h1', NOW + 7)
      expect([second.version, back.version]).toEqual([2, 3])
      expect(await store().activeRules()).toStrictEqual(back)
      expect(await store().rulesVersion(2)).toStrictEqual(second)
      expect(await store().rulesVersion(9)).toBeUndefined()
    })

    it('saves how far a source was read with the facts it gave, or not at all', async () => {
      const progress = { id: 'crm', state: { file: 'Lead.csv', row: 7, seen: [1, 'é'] }, finished: false }
      await store().append({ facts: [statusOf('L1', 1)], now: NOW, mode: 'bulk', progress })
      expect(await store().importProgress('crm')).toStrictEqual(progress)
      expect(await store().importProgress('other')).toBeUndefined()
      const bad = { facts: [{ ...statusOf('L1', 2), to: '\0' } as Fact], now: NOW, mode: 'bulk' as const }
      await expect(store().append({ ...bad, progress: { ...progress, finished: true } })).rejects.toThrow()
      expect(await store().importProgress('crm')).toStrictEqual(progress)
      await store().append({ facts: [], now: NOW, mode: 'bulk', progress: { ...progress, finished: true } })
      expect(await store().importProgress('crm')).toStrictEqual({ ...progress, finished: true })
    })

    it('keeps people’s details; of each field the last that was given', async () => {
      const key = 'lead:L1' as const
      const first = { key, firstName: 'Zoë', lastName: 'Ångström', email: 'zoe@example.org', company: 'Bär & Co' }
      const add = (...profiles: Profile[]) => store().append({ facts: [], profiles, now: NOW, mode: 'live' })
      await add(first)
      expect(await store().profiles([key, 'contact:none'])).toStrictEqual(new Map([[key, first]]))
      await add({ key, title: 'CFO', company: 'Old' }, { key, company: 'New GmbH' })
      expect((await store().profiles([key])).get(key)).toStrictEqual({ ...first, title: 'CFO', company: 'New GmbH' })
      expect(await store().searchProfiles('bär', 10)).toEqual([])
      expect(await store().searchProfiles('new g', 10)).toEqual([key])
      expect(await store().profiles([])).toEqual(new Map())
    })

    it('finds people by a part of their name, address or company, in any case and script', async () => {
      const profiles = [
        { key: 'lead:L1', firstName: 'Zoë', lastName: 'Ångström', email: 'zoe@example.org' },
        { key: 'contact:C1', firstName: 'Bob', lastName: 'O’Neil_%', company: '100% Wool' },
        { key: 'contact:C2', firstName: 'Bob', company: 'C:\\Systems' },
      ] as const
      await store().append({ facts: [], profiles, now: NOW, mode: 'bulk' })
      const found = (text: string, limit = 10) => store().searchProfiles(text, limit)
      expect(await found('ZOË ÅNG')).toEqual(['lead:L1'])
      expect(await found('Example.ORG')).toEqual(['lead:L1'])
      expect(await found('bob')).toEqual(['contact:C1', 'contact:C2'])
      expect(await found('bob', 1)).toEqual(['contact:C1'])
      // Signs that mean something to SQL mean themselves.
      expect(await found('0% w')).toEqual(['contact:C1'])
      expect(await found('l_%')).toEqual(['contact:C1'])
      expect(await found('_')).toEqual(['contact:C1'])
      expect(await found('c:\\s')).toEqual(['contact:C2'])
      expect(await found("' or 1=1")).toEqual([])
    })

    it('makes one secret for e-mail addresses and keeps it', async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, () => another()))
      const keys = await Promise.all(stores.map((one) => one.pseudonymKey()))
      expect(keys[0]).toHaveLength(32)
      for (const key of [...keys, await store().pseudonymKey()]) expect(key).toStrictEqual(keys[0])
      expect(keys[0]?.some((byte) => byte !== 0)).toBe(true)
    })
  })
}
