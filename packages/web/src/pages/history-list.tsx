import { parseAmount } from '@throughline/core'
import { type ReactNode, useState } from 'react'
import type { HistoryEntry } from '../client.ts'
import { count, day, money } from '../format.ts'
import { Icon, type IconName } from '../ui/icons.tsx'

const ICONS: Readonly<Record<HistoryEntry['group'], IconName>> = {
  record: 'building',
  field: 'edit',
  interaction: 'touch',
  campaign: 'megaphone',
  task: 'call',
  role: 'people',
  close: 'flag',
  attribution: 'hand',
}

/** How many entries are shown before the others are asked for. */
const FEW = 20

/** A history, newest first: what happened, what it changed from and to, by whom, and what became of it. */
export function HistoryList({
  entries,
  became,
}: {
  entries: readonly HistoryEntry[]
  /** What an entry led to, such as the engagement it made. */
  became?: (entry: HistoryEntry) => ReactNode
}) {
  const [all, setAll] = useState(false)
  const joined = joinedUp(entries).reverse()
  const shown = all ? joined : joined.slice(0, FEW)
  return (
    <>
      <ol className="pb-2">
        {shown.map((entry) => (
          <li key={entry.fact} className="flex gap-3 px-4 py-2 text-sm sm:px-5">
            <span className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-full bg-sunken text-muted">
              <Icon name={ICONS[entry.group]} className="size-3" />
            </span>
            <div className="min-w-0 grow">
              <div className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4">
                <p className="min-w-0 break-words">
                  {entry.changes.length > 0 && entry.group === 'field' ? <Changes entry={entry} /> : entry.text}
                </p>
                <p className="text-xs whitespace-nowrap text-muted">
                  {day(entry.day)}
                  {entry.inferred && <span title="The moment is an inference: the source gave none"> (inferred)</span>}
                </p>
              </div>
              {entry.changes.length > 0 && entry.group !== 'field' && (
                <p className="text-muted">
                  <Changes entry={entry} />
                </p>
              )}
              {entry.reason && <p className="text-muted">“{entry.reason}”</p>}
              <p className="flex flex-wrap gap-x-2 text-xs text-muted empty:hidden">
                {entry.by && <span>{entry.by.name}</span>}
                {entry.recordedDay !== entry.day && <span>recorded {day(entry.recordedDay)}</span>}
                {became?.(entry)}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {joined.length > shown.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="mx-4 mb-4 text-sm font-medium text-accent-ink hover:underline sm:mx-5"
        >
          Show {count(joined.length - shown.length)} earlier
        </button>
      )}
    </>
  )
}

/** Changes that somebody saved at once are one entry. */
function joinedUp(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const joined: HistoryEntry[] = []
  for (const entry of entries) {
    const last = joined.at(-1)
    if (last?.group === 'field' && entry.group === 'field' && last.at === entry.at && last.by?.id === entry.by?.id)
      joined[joined.length - 1] = { ...last, changes: [...last.changes, ...entry.changes] }
    else joined.push(entry)
  }
  return joined
}

function Changes({ entry }: { entry: HistoryEntry }) {
  return entry.changes.map((change, place) => (
    <span key={change.field} className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <span className="text-muted">{change.field}</span>
      {change.from !== null && (
        <>
          <s className="text-muted decoration-line-strong">
            <span className="sr-only">was </span>
            {written(change.from, change.type)}
          </s>
          <Icon name="right" className="size-2.5 self-center text-muted" />
        </>
      )}
      <span className="font-medium text-ink">{written(change.to, change.type)}</span>
      {place < entry.changes.length - 1 && <span className="mr-1.5 text-muted">·</span>}
    </span>
  ))
}

/** A value as it is written elsewhere on the page. */
function written(value: string, type: HistoryEntry['changes'][number]['type']): string {
  if (type === 'day') return day(value)
  if (type !== 'money') return value
  const [amount = '', currency = ''] = value.split(' ')
  const units = parseAmount(amount, currency)
  return units === undefined ? value : money(units, currency)
}
