import type { ReactNode } from 'react'
import { Icon } from './icons.tsx'

/** A condition that holds now, and the way to take it away. */
export function Chip({ name, onRemove, children }: { name?: string; onRemove: () => void; children: ReactNode }) {
  return (
    <span className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-lg bg-accent-soft pr-1 pl-2.5 text-sm text-accent-ink">
      <span className="truncate">{children}</span>
      <button
        type="button"
        onClick={onRemove}
        aria-label={name ? `Remove the filter ${name}` : 'Remove this filter'}
        className="grid size-6 shrink-0 place-items-center rounded hover:bg-surface"
      >
        <Icon name="close" className="size-3" />
      </button>
    </span>
  )
}
