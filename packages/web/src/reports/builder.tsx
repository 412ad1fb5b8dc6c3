import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Column, reportListQuery } from '../client.ts'
import { Card } from '../ui/card.tsx'
import { Check, Segmented } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { Popover } from '../ui/popover.tsx'
import type { PresentationProps } from './presentations.tsx'

const RECORD_TYPE = 'record-type:'
const WHICH = {
  all: 'All engagements',
  Activation: 'Activations only',
  'Influencing Engagement': 'Influencing only',
} as const

type Which = keyof typeof WHICH

/** Sets of columns to begin with. */
const STARTS: readonly Readonly<{ label: string; which: Which; columns: readonly string[] }>[] = [
  {
    label: 'What became of activations',
    which: 'Activation',
    columns: [
      'day',
      'person',
      'activationType',
      'medium',
      'source',
      'stage',
      'outcome',
      'opportunityName',
      'opportunityAmount',
    ],
  },
  {
    label: 'A person’s whole history',
    which: 'all',
    columns: ['person', 'day', 'recordType', 'engagementType', 'medium', 'source', 'triggeredBy', 'journey'],
  },
  {
    label: 'Tags as they arrived',
    which: 'all',
    columns: [
      'day',
      'person',
      'firstMedium',
      'firstSource',
      'lastMedium',
      'lastSource',
      'medium',
      'mediumCategory',
      'mediumInput',
    ],
  },
  {
    label: 'Accounts and their deals',
    which: 'Activation',
    columns: [
      'accountName',
      'industry',
      'person',
      'day',
      'medium',
      'opportunityName',
      'opportunityState',
      'opportunityAmount',
    ],
  },
]

/** Which record a column of the list is a part of. */
function groupOf({ key }: Column): string {
  if (/^person/.test(key)) return 'Person'
  if (/^account|^industry$/.test(key)) return 'Account'
  if (/^opportunity/.test(key)) return 'Opportunity'
  return /^(owner|stage\d?|outcome|ended)$/.test(key) ? 'Journey' : 'Engagement'
}

const GROUPS = ['Engagement', 'Person', 'Account', 'Journey', 'Opportunity'] as const

/** One's own question: which engagements, with which columns in which order. The address holds the whole of it. */
export function Builder({ report, search, set }: PresentationProps) {
  const { data: reports } = useQuery(reportListQuery)
  const all = reports?.find(({ name }) => name === report.name)?.columns ?? []
  const understood = (report.about.parameters as Readonly<Record<string, unknown>>).columns
  const chosen = search.columns?.split(',') ?? (Array.isArray(understood) ? understood.map(String) : [])
  const where = search.where ?? []
  const which = (Object.keys(WHICH) as Which[]).find((one) => where.includes(RECORD_TYPE + one)) ?? 'all'
  const asWhich = (one: Which): string[] | undefined => {
    const rest = where.filter((text) => !text.startsWith(RECORD_TYPE))
    const conditions = one === 'all' ? rest : [...rest, RECORD_TYPE + one]
    return conditions.length > 0 ? conditions : undefined
  }
  const choose = (keys: readonly string[]) => {
    if (keys.length > 0) set({ columns: keys.join(',') })
  }
  return (
    <Card
      title="Your own report"
      className="mb-5"
      aside={
        <Segmented
          label="Which engagements"
          options={WHICH}
          value={which}
          onChange={(one) => set({ where: asWhich(one) })}
        />
      }
    >
      <div className="grid gap-3 px-4 pb-4 sm:px-5">
        <fieldset>
          <legend className="mb-1.5 text-xs text-muted">Columns, in this order</legend>
          <ul className="flex flex-wrap items-center gap-1.5">
            {chosen.flatMap((key, place) => {
              const column = all.find((known) => known.key === key)
              return column ? (
                <li key={key}>
                  <Chosen
                    label={column.label}
                    onEarlier={
                      place > 0
                        ? () => choose(chosen.with(place - 1, key).with(place, chosen[place - 1] ?? key))
                        : undefined
                    }
                    onRemove={chosen.length > 1 ? () => choose(chosen.filter((one) => one !== key)) : undefined}
                  />
                </li>
              ) : (
                []
              )
            })}
            <li>
              <Popover
                label="Add columns"
                button={
                  <>
                    <Icon name="columns" className="size-3.5" />
                    Add columns
                  </>
                }
              >
                {() => <Offer all={all} chosen={chosen} onChoose={choose} />}
              </Popover>
            </li>
          </ul>
        </fieldset>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <span className="text-xs text-muted">Begin with</span>
          {STARTS.map(({ label, which, columns }) => (
            <button
              key={label}
              type="button"
              onClick={() => set({ columns: columns.join(','), where: asWhich(which) })}
              className="min-h-7 text-left text-accent-ink hover:underline"
            >
              {label}
            </button>
          ))}
        </p>
      </div>
    </Card>
  )
}

function Chosen({
  label,
  onEarlier,
  onRemove,
}: {
  label: string
  onEarlier: (() => void) | undefined
  onRemove: (() => void) | undefined
}) {
  const button = 'grid size-6 place-items-center rounded text-muted hover:bg-line hover:text-ink'
  return (
    <span className="inline-flex h-8 items-center gap-0.5 rounded-lg border border-line bg-sunken px-1 text-sm">
      {onEarlier && (
        <button
          type="button"
          onClick={onEarlier}
          className={button}
          aria-label={`Move ${label} forward`}
          title="Move forward"
        >
          <Icon name="left" className="size-3" />
        </button>
      )}
      <span className="px-1">{label}</span>
      {onRemove && (
        <button type="button" onClick={onRemove} className={button} aria-label={`Leave out ${label}`}>
          <Icon name="close" className="size-3" />
        </button>
      )}
    </span>
  )
}

/** Every column there is, by the record it is a part of, to be found by a word. */
function Offer({
  all,
  chosen,
  onChoose,
}: {
  all: readonly Column[]
  chosen: readonly string[]
  onChoose: (keys: readonly string[]) => void
}) {
  const [text, setText] = useState('')
  const found = all.filter(({ label, key }) => `${label} ${key}`.toLowerCase().includes(text.toLowerCase()))
  return (
    <div className="grid gap-3">
      <input
        type="search"
        aria-label="Search columns"
        placeholder="Search columns"
        value={text}
        onChange={({ target }) => setText(target.value)}
        className="h-9 w-full rounded-lg border border-line-strong bg-surface px-2.5 text-sm"
      />
      {GROUPS.map((group) => {
        const columns = found.filter((column) => groupOf(column) === group)
        return columns.length === 0 ? null : (
          <fieldset key={group} className="grid gap-1.5">
            <legend className="mb-1 text-xs font-medium text-muted">{group}</legend>
            {columns.map(({ key, label }) => (
              <Check
                key={key}
                checked={chosen.includes(key)}
                onChange={(on) => onChoose(on ? [...chosen, key] : chosen.filter((one) => one !== key))}
              >
                {label}
              </Check>
            ))}
          </fieldset>
        )
      })}
      {found.length === 0 && <p className="text-sm text-muted">No column is called “{text}”.</p>}
    </div>
  )
}
