import type { Fact } from '@throughline/core'

const START = Date.UTC(2024, 0, 1)
const MEDIA = ['paid-search', 'organic', 'e-mail', 'trade show "Köln"', '']

/** Facts about `people` leads, always the same ones: forms, statuses, opportunities and a few odd texts. */
export function companyFacts(people: number): Fact[] {
  const facts: Fact[] = [0, 1, 2].map((user) => ({
    kind: 'user-recorded',
    id: `test/User/${user}`,
    occurredAt: START,
    recordedAt: START,
    user: `u${user}`,
    name: `User ${user}`,
    role: 'BDR',
  }))
  for (let i = 0; i < people; i++) {
    const at = START + i * 7_200_000
    const lead = `L${i}`
    const medium = MEDIA[i % MEDIA.length] as string
    const fact = (name: string, offset: number) => ({
      id: `test/Lead/${lead}/${name}`,
      occurredAt: at + offset,
      recordedAt: at + offset,
    })
    facts.push({
      kind: 'lead-created',
      ...fact('created', 0),
      lead,
      by: 'u0',
      owner: `u${i % 3}`,
      email: `email:${String(i).padStart(32, '0')}`,
      submission: {
        first: medium === '' ? {} : { medium, source: `source, ${i % 7}`, campaign: 'line\nbreak' },
        engagementType: `Paper "${i % 4}" – ü 🎉 \u0002 odd`,
      },
    })
    for (let k = 0; k < i % 4; k++) {
      facts.push({
        kind: 'interaction-recorded',
        ...fact(`form-${k}`, 86_400_000 * (k + 1)),
        person: k === 0 ? `lead:${lead}` : `email:${String(i).padStart(32, '0')}`,
        channel: 'form',
        submission: { first: { medium: 'direct' }, engagementType: 'Form' },
      })
    }
    if (i % 2 === 0) {
      facts.push({
        kind: 'status-changed',
        ...fact('status', 3_600_000),
        record: `lead:${lead}`,
        to: i % 4 === 0 ? 'Working' : 'Disqualified',
      })
    }
    if (i % 5 === 0) {
      facts.push({
        kind: 'lead-converted',
        ...fact('converted', 7_200_000),
        lead,
        contact: `C${i}`,
        opportunity: `O${i}`,
      })
      facts.push({
        kind: 'opportunity-created',
        ...fact('opportunity', 7_200_001),
        opportunity: `O${i}`,
        by: 'u1',
        owner: 'u1',
        amount: 100_000 + i,
        currency: 'USD',
      })
    }
  }
  return facts
}
