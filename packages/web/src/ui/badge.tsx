import type { ReactNode } from 'react'

const TONES = {
  plain: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent-ink',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
} as const

/** What a badge's colour says. */
export type Tone = keyof typeof TONES

/** A short word about a record. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  )
}

/** How the end of a journey is coloured. */
export function outcomeTone(outcome: string): Tone {
  if (/^won\b/i.test(outcome)) return 'good'
  if (/dormancy/i.test(outcome)) return 'warn'
  return /^(lost|disqualified)/i.test(outcome) ? 'bad' : 'plain'
}
