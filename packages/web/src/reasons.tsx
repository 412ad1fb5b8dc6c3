import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { type Explanation, explainQuery, statusQuery } from './client.ts'
import { counted, day, moment } from './format.ts'
import { Prose } from './prose.tsx'
import { Badge } from './ui/badge.tsx'
import { Icon } from './ui/icons.tsx'
import { Loaded, WaitingRows } from './ui/states.tsx'
import { WhyLink } from './why-panel.tsx'

/** Everything that is known about why a record, or a part of it, is as it is. */
export function Reasons({ record }: { record: string }) {
  const explanation = useQuery(explainQuery(record))
  return (
    <div className="px-5 py-4">
      <Loaded query={explanation} waiting={<WaitingRows rows={6} />}>
        {(why) => <Sections why={why} />}
      </Loaded>
    </div>
  )
}

function Sections({ why }: { why: Explanation }) {
  const facts = useId()
  const { data: status } = useQuery(statusQuery)
  return (
    <div className="grid gap-6">
      <div>
        <p className="mb-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
          {partOf(why.record, status?.stageLabels ?? [])}
          {!why.so && <Badge tone="warn">Not so</Badge>}
        </p>
        <p className="text-base leading-snug font-medium break-words">
          <Prose text={why.statement} why={why} />
        </p>
      </div>
      {why.rule && <Rule rule={why.rule} />}
      {why.ranking && <Ranking ranking={why.ranking} why={why} />}
      {why.flips.length > 0 && (
        <section>
          <Title>{why.so ? 'What would have made it otherwise' : 'What would have made it so'}</Title>
          <ul className="grid gap-2">
            {why.flips.map((flip) => (
              <li
                key={flip.change + flip.result}
                className="flex gap-2.5 rounded-lg border border-line px-3 py-2.5 text-sm"
              >
                <Icon name="flip" className="mt-0.5 text-accent-ink" />
                <span className="min-w-0 break-words">
                  <Prose text={`${flip.change}, ${flip.result}.`} why={why} />
                  {flip.fact && why.facts.some(({ id }) => id === flip.fact) && (
                    <a
                      href={`#${anchorOf(facts, flip.fact)}`}
                      onClick={scrollTo}
                      className="ml-1.5 text-xs text-accent-ink hover:underline"
                    >
                      see the fact
                    </a>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {why.facts.length > 0 && (
        <section>
          <Title>Facts</Title>
          <ul className="grid gap-2">
            {why.facts.map((fact) => (
              <FactItem
                key={fact.id}
                id={anchorOf(facts, fact.id)}
                fact={fact}
                why={why}
                needed={why.sufficient.includes(fact.id)}
              />
            ))}
          </ul>
          {why.sufficient.length > 0 && (
            <p className="mt-2 flex gap-2 text-xs text-muted">
              <Icon name="check" className="size-3.5 text-good" />
              {counted(why.sufficient.length, 'fact')} {why.sufficient.length === 1 ? 'is' : 'are'} enough: read by{' '}
              {why.sufficient.length === 1 ? 'itself, it gives' : 'themselves, they give'} this very answer again.
            </p>
          )}
        </section>
      )}
      {why.alternatives.length > 0 && (
        <section>
          <Title>What else could have been</Title>
          <ul className="grid gap-2">
            {why.alternatives.map((alternative) => (
              <li
                key={`${alternative.rule}${alternative.statement}`}
                className="rounded-lg border border-line px-3 py-2.5 text-sm break-words"
              >
                <p className="font-medium">
                  <Prose text={alternative.statement} why={why} />{' '}
                  {alternative.rule && <span className="font-mono text-xs text-muted">{alternative.rule}</span>}
                </p>
                {alternative.lostBecause !== why.statement && (
                  <p className="mt-0.5 text-muted">
                    Not so: <Prose text={alternative.lostBecause} why={why} />
                  </p>
                )}
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
  )
}

/** A rule's number and sentence. */
export function Rule({ rule }: { rule: NonNullable<Explanation['rule']> }) {
  return (
    <section>
      <Title>Rule</Title>
      <div className="flex items-start gap-3 rounded-lg bg-accent-soft px-3 py-2.5 text-sm">
        <span className="rounded bg-surface px-1.5 py-0.5 font-mono text-xs text-accent-ink">{rule.id}</span>
        <p className="min-w-0 text-accent-ink">{rule.text || 'See the specification.'}</p>
      </div>
    </section>
  )
}

/** What a strategy is called, and what it looks at first. */
const STRATEGIES: Readonly<Record<string, string>> = {
  'began-the-process': 'who began the process comes first',
  'primary-role-first': 'the primary contact role comes first',
  'latest-engagement': 'the latest engagement comes first',
  'most-stages': 'the furthest along comes first',
}

/** All that could have been chosen, the best first, each with what decided its place. */
export function Ranking({
  ranking,
  why,
}: {
  ranking: NonNullable<Explanation['ranking']>
  why: Pick<Explanation, 'names' | 'facts'>
}) {
  const { strategy, candidates } = ranking
  return (
    <section>
      <Title>
        {counted(candidates.length, 'candidate')}, ranked by “{strategy}”
        {STRATEGIES[strategy] && `: ${STRATEGIES[strategy]}`}
      </Title>
      <div className="overflow-hidden rounded-lg border border-line">
        <table className="w-full text-sm">
          <caption className="sr-only">Candidates, the best first</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Place</th>
              <th scope="col">Candidate</th>
              <th scope="col">What decided</th>
            </tr>
          </thead>
          <tbody>
            {candidates.map((candidate) => (
              <tr
                key={candidate.record + candidate.place}
                className={`border-b border-line align-top last:border-0 max-sm:grid max-sm:grid-cols-[auto_minmax(0,1fr)] ${candidate.place === 1 ? 'bg-good-soft' : ''}`}
              >
                <td className={`py-2.5 pl-3 font-semibold ${candidate.place === 1 ? 'text-good' : 'text-muted'}`}>
                  {candidate.place}
                </td>
                <th scope="row" className="px-3 py-2.5 text-left font-medium">
                  <WhyLink
                    record={candidate.record}
                    className="decoration-dotted underline-offset-4 hover:text-accent-ink hover:underline"
                  >
                    <Prose text={candidate.label} why={why} plain />
                  </WhyLink>
                </th>
                <td className="py-2.5 pr-3 text-muted max-sm:col-start-2 max-sm:px-3 max-sm:pt-0">
                  {candidate.reasons.map((reason) => (
                    <span key={reason} className="block">
                      <Prose text={reason} why={why} />
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
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

function FactItem({
  fact,
  why,
  id,
  needed,
}: {
  fact: Explanation['facts'][number]
  why: Explanation
  id: string
  needed: boolean
}) {
  const { data: status } = useQuery(statusQuery)
  const values = flat(fact.values)
  return (
    <li id={id} className="rounded-lg border border-line px-3 py-2.5 text-sm target:border-accent">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="min-w-0 font-medium break-words">
          <Prose text={sentenceOf(fact.kind)} why={why} />
        </p>
        <p className="flex items-center gap-1 text-xs text-muted">
          {needed && <Icon name="check" className="size-3 text-good" />}
          {fact.role}
        </p>
      </div>
      <p className="mt-0.5 break-words text-muted">
        {fact.source} · {status ? moment(fact.at, status.zone) : day(fact.day)}
        {fact.recordedDay !== fact.day && `, recorded ${day(fact.recordedDay)}`}
      </p>
      {fact.inferred && <p className="mt-0.5 text-xs text-warn">{INFERRED[fact.inferred] ?? fact.inferred}</p>}
      {values.length > 0 && (
        <details className="mt-1.5 text-xs">
          <summary className="text-accent-ink hover:underline">{counted(values.length, 'value')}</summary>
          <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
            {values.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="break-words">
                  {value}
                  {nameBehind(name, value, why.names)}
                </dd>
              </div>
            ))}
          </dl>
          <p className="mt-1.5 font-mono text-[11px] break-all text-muted">{fact.id}</p>
        </details>
      )}
    </li>
  )
}

/** Who an id in a fact's values is. */
function nameBehind(field: string, id: string, names: Readonly<Record<string, string>>): ReactNode {
  const name = names[id] ?? names[`${field}:${id}`] ?? names[`user:${id}`]
  return name ? <span className="text-muted"> · {name}</span> : null
}

/** What is asked about, by the part of the record that an address names. */
function partOf(record: string, labels: readonly string[]): string {
  const part = record.split('#', 2)[1]
  if (part === undefined)
    return record.startsWith('opportunity:')
      ? 'Opportunity'
      : record.startsWith('int:')
        ? 'Interaction'
        : record.startsWith('eng:')
          ? 'Engagement'
          : 'Person'
  const stage = /^stage-(\d)$/.exec(part)?.[1]
  if (stage) return [`Stage ${stage}`, labels[Number(stage) - 1]].filter(Boolean).join(': ')
  return PARTS[part] ?? part
}

const PARTS: Readonly<Record<string, string>> = {
  values: 'Values',
  completion: 'End of the journey',
  'primary-opportunity': 'Primary opportunity',
  'attribution-activation': 'Attribution activation',
  next: 'Next interaction',
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

/** An element's id for a fact: ids of facts hold characters that ids of elements may not. */
const anchorOf = (prefix: string, fact: string): string => `${prefix}${fact.replaceAll(/[^\w-]/g, '_')}`

/** Goes to the fact inside the panel, and leaves the address alone. */
function scrollTo(event: React.MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault()
  const target = document.getElementById(event.currentTarget.hash.slice(1))
  target?.scrollIntoView({ block: 'center' })
  const details = target?.querySelector('details')
  if (details) details.open = true
}
