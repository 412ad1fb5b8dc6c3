import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { RequestFailed } from '../client.ts'
import { Icon } from './icons.tsx'

/** Shows what was asked for once it is there, and until then or instead of it what is so. */
export function Loaded<Data>({
  query,
  waiting,
  children,
}: {
  query: UseQueryResult<Data>
  waiting: ReactNode
  children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined && !(query.isError && query.isPlaceholderData))
    return (
      <div
        className={`min-w-0 motion-safe:transition-opacity ${query.isPlaceholderData ? 'opacity-60' : ''}`}
        aria-busy={query.isFetching}
      >
        {children(query.data)}
      </div>
    )
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading</span>
      {waiting}
    </div>
  )
}

/** What went wrong, what to do about it, and a way to try again. */
export function Failure({ error, retry }: { error: Error; retry?: () => void }) {
  const remedy = error instanceof RequestFailed ? error.remedy : undefined
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-line bg-bad-soft p-4">
      <Icon name="alert" className="mt-0.5 size-5 text-bad" />
      <div className="min-w-0">
        <p className="font-medium break-words">{error.message}</p>
        {remedy && <p className="mt-0.5 text-sm break-words">{remedy}</p>}
        {retry && (
          <button
            type="button"
            onClick={retry}
            className="mt-3 rounded-md border border-line-strong bg-surface px-3 py-1 text-sm font-medium hover:bg-sunken"
          >
            Try again
          </button>
        )}
      </div>
    </div>
  )
}

/** Nothing to show, why, and what could be done. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-1 px-4 py-12 text-center">
      <span className="mb-2 grid size-10 place-items-center rounded-full bg-sunken text-muted">
        <Icon name="journeys" className="size-5" />
      </span>
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-md text-sm text-muted">{children}</div>}
    </div>
  )
}

/** Grey lines in the place of rows that are on their way. */
export function WaitingRows({ rows = 8, className = 'h-5' }: { rows?: number; className?: string }) {
  return (
    <div className="grid gap-3 p-4">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={row} className={`skeleton ${className}`} />
      ))}
    </div>
  )
}

/** In the place of a page whose script is on its way. */
export function WaitingPage() {
  return (
    <div aria-busy="true" className="grid gap-5">
      <span className="sr-only">Loading</span>
      <div className="skeleton h-8 w-64" />
      <div className="rounded-xl border border-line bg-surface">
        <WaitingRows rows={8} className="h-7" />
      </div>
    </div>
  )
}
