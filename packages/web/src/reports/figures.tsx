import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Target } from './drills.ts'

/** A figure in large type: what it is, how much, and what to know beside it. */
export type Figure = Readonly<{
  label: string
  value: string
  note?: ReactNode
  title?: string
  target?: Target | undefined
}>

/** A few figures beside one another; each leads to its records. */
export function Figures({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <section aria-label={label} className="mb-5">
      <ul className="flex flex-wrap gap-px overflow-hidden rounded-xl border border-line bg-line shadow-card">
        {figures.map((figure) => (
          <li key={figure.label} className="min-w-40 grow basis-0 bg-surface">
            {figure.target ? (
              <Link {...figure.target} className="group block h-full px-4 py-3.5 -outline-offset-2 hover:bg-sunken">
                <Body figure={figure} />
              </Link>
            ) : (
              <div className="h-full px-4 py-3.5">
                <Body figure={figure} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Body({ figure: { label, value, note, title } }: { figure: Figure }) {
  return (
    <>
      <span className="block text-[0.8rem] text-muted">{label}</span>
      <span className="mt-1 block text-2xl font-semibold tracking-tight group-hover:text-accent-ink" title={title}>
        {value}
      </span>
      {note && <span className="mt-0.5 block text-xs text-muted">{note}</span>}
    </>
  )
}
