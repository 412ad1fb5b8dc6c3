import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Explanation, explainQuery, statusQuery } from './client.ts'
import { day, moment, withDays } from './format.ts'
import { Icon } from './ui/icons.tsx'
import { Modal } from './ui/modal.tsx'
import { Loaded, WaitingRows } from './ui/states.tsx'

/** Opens the reasons of a record beside what is shown; the address remembers it. */
export function WhyLink({
  record,
  className,
  label,
  children,
}: {
  record: string
  className?: string
  label?: string
  children: ReactNode
}) {
  return (
    <Link
      to="."
      search={(search: Record<string, unknown>) => ({ ...search, why: record })}
      replace
      resetScroll={false}
      aria-label={label}
      aria-haspopup="dialog"
      className={className}
    >
      {children}
    </Link>
  )
}

/** The reasons of the record that the address names: rule, facts, and the alternatives that lost. */
export function WhyPanel() {
  const { why } = useSearch({ strict: false })
  const navigate = useNavigate()
  if (why === undefined) return null
  const close = () =>
    void navigate({
      to: '.',
      search: ({ why: _closed, ...search }: Record<string, unknown>) => search,
      replace: true,
      resetScroll: false,
    })
  return (
    <Modal
      label="Why"
      onClose={close}
      className="mr-0 ml-auto h-dvh max-h-dvh w-[min(30rem,100vw)] max-w-none overflow-y-auto border-y-0 border-r-0 p-0"
    >
      <header className="sticky top-0 flex items-center justify-between border-b border-line bg-raised px-5 py-3">
        <h2 className="font-semibold">Why?</h2>
        <button
          type="button"
          onClick={close}
          aria-label="Close"
          className="grid size-8 place-items-center rounded-lg text-muted hover:bg-sunken"
        >
          <Icon name="close" />
        </button>
      </header>
      <Reasons key={why} record={why} />
    </Modal>
  )
}

function Reasons({ record }: { record: string }) {
  const explanation = useQuery(explainQuery(record))
  return (
    <div className="px-5 py-4">
      <Loaded query={explanation} waiting={<WaitingRows rows={5} />}>
        {(why) => (
          <div className="grid gap-6">
            <p className="text-base leading-snug font-medium break-words">{withDays(why.statement)}</p>
            {why.rule && (
              <section>
                <Title>Rule</Title>
                <div className="flex items-start gap-3 rounded-lg bg-accent-soft px-3 py-2.5 text-sm">
                  <span className="rounded bg-surface px-1.5 py-0.5 font-mono text-xs text-accent-ink">
                    {why.rule.id}
                  </span>
                  <p className="min-w-0 text-accent-ink">{why.rule.text || 'See the specification.'}</p>
                </div>
              </section>
            )}
            {why.facts.length > 0 && (
              <section>
                <Title>Facts</Title>
                <ul className="grid gap-2">
                  {why.facts.map((fact) => (
                    <FactItem key={fact.id} fact={fact} />
                  ))}
                </ul>
              </section>
            )}
            {why.alternatives.length > 0 && (
              <section>
                <Title>What else could have been</Title>
                <ul className="grid gap-2">
                  {why.alternatives.map((alternative) => (
                    <li
                      key={`${alternative.rule}${alternative.statement}`}
                      className="rounded-lg border border-line px-3 py-2.5 text-sm"
                    >
                      <p className="font-medium">
                        {withDays(alternative.statement)}{' '}
                        {alternative.rule && <span className="font-mono text-xs text-muted">{alternative.rule}</span>}
                      </p>
                      <p className="mt-0.5 text-muted">Not so: {withDays(alternative.lostBecause)}</p>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {why.related.length > 0 && (
              <section>
                <Title>Ask further</Title>
                <ul className="flex flex-wrap gap-2">
                  {why.related.map((related) => (
                    <li key={related.record}>
                      <WhyLink
                        record={related.record}
                        className="inline-flex items-center gap-1 rounded-full border border-line-strong px-2.5 py-1 text-sm hover:bg-sunken"
                      >
                        {related.label}
                        <Icon name="right" className="size-3" />
                      </WhyLink>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <p className="font-mono text-xs break-all text-muted">{why.record}</p>
          </div>
        )}
      </Loaded>
    </div>
  )
}

function Title({ children }: { children: ReactNode }) {
  return <h3 className="mb-2 text-xs font-medium text-muted">{children}</h3>
}

const INFERRED: Readonly<Record<string, string>> = {
  'last-modified': 'The moment is inferred from the record’s last modification.',
  'day-only': 'Only the day is known.',
  'current-value': 'No history was exported: taken from the record as it is now.',
}

function FactItem({ fact }: { fact: Explanation['facts'][number] }) {
  const { data: status } = useQuery(statusQuery)
  return (
    <li className="rounded-lg border border-line px-3 py-2.5 text-sm">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="font-medium">{sentenceOf(fact.kind)}</p>
        <p className="text-xs text-muted">{fact.role}</p>
      </div>
      <p className="mt-0.5 text-muted">
        {status ? moment(fact.at, status.zone) : day(fact.day)}
        {fact.recordedDay !== fact.day && `, recorded ${day(fact.recordedDay)}`}
      </p>
      {fact.inferred && <p className="mt-0.5 text-xs text-warn">{INFERRED[fact.inferred] ?? fact.inferred}</p>}
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
        {flat(fact.values).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 font-mono text-[11px] break-all text-muted">{fact.id}</p>
    </li>
  )
}

/** `lead-created` as `Lead created`. */
function sentenceOf(kind: string): string {
  const words = kind.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A fact's own fields, nested ones by path. */
function flat(values: object, path = ''): [string, string][] {
  return Object.entries(values).flatMap(([key, value]): [string, string][] => {
    if (value === null || value === undefined) return []
    const name = path ? `${path} › ${key}` : key
    if (typeof value === 'object' && !Array.isArray(value)) return flat(value, name)
    return [[name, Array.isArray(value) ? value.join(', ') : String(value)]]
  })
}
