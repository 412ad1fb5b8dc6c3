import type { ReactNode } from 'react'
import { Icon } from './icons.tsx'

/** A column's heading. */
export type Head<Key extends string> = Readonly<{
  key: Key
  label: string
  /** Numbers stand right, under one another. */
  numeric?: boolean
  sortable?: boolean
  /** Left out on narrow screens. */
  wide?: boolean
  /** Left out on phones, where the first column tells it as well. */
  told?: boolean
  /** What the column holds, for who rests on its heading. */
  description?: string
}>

/** How every cell of a table is spaced. */
export const CELL = 'px-3 py-2.5 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5'

/** A table that scrolls inside its own frame. Sorting is the caller's: a head says what was asked for. */
export function DataTable<Key extends string>({
  caption,
  heads,
  sort,
  descending = true,
  onSort,
  children,
}: {
  caption: string
  heads: readonly Head<Key>[]
  sort?: string
  descending?: boolean
  onSort?: (key: Key) => void
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line">
            {heads.map((head) => {
              const sorted = sort === head.key
              return (
                <th
                  key={head.key}
                  scope="col"
                  title={head.description}
                  aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}
                  className={`${CELL} text-xs font-medium whitespace-nowrap text-muted ${head.numeric ? 'text-right' : 'text-left'} ${head.wide ? 'max-md:hidden' : ''} ${head.told ? 'max-sm:hidden' : ''}`}
                >
                  {head.sortable && onSort ? (
                    <button
                      type="button"
                      onClick={() => onSort(head.key)}
                      className={`inline-flex items-center gap-1 hover:text-ink ${sorted ? 'text-ink' : ''}`}
                    >
                      {head.label}
                      {sorted && <Icon name={descending ? 'down' : 'up'} className="size-3" />}
                    </button>
                  ) : (
                    head.label
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

/** Where in the list one is, and the way on and back. */
export function Pager({
  page,
  size,
  total,
  onPage,
}: {
  page: number
  size: number
  total: number
  onPage: (page: number) => void
}) {
  const pages = Math.max(1, Math.ceil(total / size))
  const first = (page - 1) * size + 1
  const button =
    'grid size-8 place-items-center rounded-lg border border-line-strong bg-surface hover:bg-sunken disabled:opacity-40'
  return (
    <nav
      aria-label="Pagination"
      className="flex items-center justify-between gap-4 px-4 py-3 text-sm text-muted sm:px-5"
    >
      <span>
        {total === 0
          ? 'None'
          : `${first.toLocaleString('en')}–${Math.min(total, first + size - 1).toLocaleString('en')}`}{' '}
        of {total.toLocaleString('en')}
      </span>
      <span className="flex items-center gap-2">
        <button
          type="button"
          className={button}
          disabled={page <= 1}
          onClick={() => onPage(page - 1)}
          aria-label="Previous page"
        >
          <Icon name="left" />
        </button>
        <button
          type="button"
          className={button}
          disabled={page >= pages}
          onClick={() => onPage(page + 1)}
          aria-label="Next page"
        >
          <Icon name="right" />
        </button>
      </span>
    </nav>
  )
}
