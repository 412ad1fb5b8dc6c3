import { directoryOf, FINDINGS, isDirectoryFact, type Journey } from '@throughline/core'
import { explain } from '@throughline/engine/explanation'
import { type ReactNode, useState } from 'react'
import { counted } from '../format.ts'
import { Badge, outcomeTone } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'
import { StageDots } from '../ui/stage-dots.tsx'
import { RULE_TEXTS } from './rule-texts.ts'
import type { Ran, Unreadable } from './run.ts'

/** What a scenario came to: whether it holds, where it does not, and everything that followed from its story. */
export function Outcome({ outcome }: { outcome: Ran | Unreadable }) {
  const unreadable = 'problem' in outcome
  return (
    <div className="grid min-w-0 gap-5 max-lg:order-first lg:sticky lg:top-5 lg:max-h-[calc(100dvh-2.5rem)] lg:overflow-y-auto lg:pr-1">
      <div role="status">{unreadable ? <Problem problem={outcome} /> : <Verdict ran={outcome} />}</div>
      {!unreadable && <Followed ran={outcome} />}
    </div>
  )
}

function Problem({ problem: { line, problem, remedy } }: { problem: Unreadable }) {
  return (
    <div className="flex gap-3 rounded-xl border border-line bg-warn-soft p-4">
      <Icon name="alert" className="mt-0.5 size-5 text-warn" />
      <div className="min-w-0 text-sm">
        <p className="font-medium break-words">
          {line === undefined ? '' : `Line ${line}: `}
          {problem}
        </p>
        <p className="mt-1 break-words">To put it right: {remedy}.</p>
      </div>
    </div>
  )
}

function Verdict({ ran: { passed, checks, scenario } }: { ran: Ran }) {
  const failing = checks.filter(({ differences }) => differences.length > 0)
  return (
    <div className={`rounded-xl border border-line p-4 ${passed ? 'bg-good-soft' : 'bg-bad-soft'}`}>
      <p className="flex items-start gap-2.5 font-medium">
        <Icon name={passed ? 'check' : 'close'} className={`mt-0.5 size-5 ${passed ? 'text-good' : 'text-bad'}`} />
        {passed
          ? `All ${counted(checks.length, 'expectation')} hold.`
          : `${failing.length} of ${counted(checks.length, 'expectation')} ${failing.length === 1 ? 'does' : 'do'} not hold.`}
      </p>
      {failing.map(({ place, line, differences }) => (
        <div key={place} className="mt-3 text-sm">
          <p className="text-xs text-muted">{line === undefined ? place : `Line ${line}`}</p>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)_minmax(0,1fr)] gap-x-4 gap-y-1">
            <dt className="sr-only">Field</dt>
            <dd className="text-xs text-muted">expected</dd>
            <dd className="text-xs text-muted">got</dd>
            {differences.map(({ record, field, expected, actual }) => (
              <div key={`${record} ${field}`} className="contents">
                <dt className="font-medium">
                  {record} {field}
                </dt>
                <dd className="break-words">{expected}</dd>
                <dd className="font-medium break-words text-bad">{actual}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      {scenario.tests.length > 0 && (
        <details className="mt-3 text-sm">
          <summary className="cursor-pointer text-muted hover:text-ink">
            {counted(scenario.tests.length, 'rule')} under test
          </summary>
          <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5">
            {scenario.tests.map((rule) => (
              <div key={rule} className="contents">
                <dt className="font-mono text-xs leading-5">{rule}</dt>
                <dd>{RULE_TEXTS.get(rule) ?? 'The specification has no such rule.'}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}

/** Everything derived at the end of the story, each thing with its reason. */
function Followed({ ran }: { ran: Ran }) {
  const { derivation, scenario, view } = ran
  const [asked, ask] = useState<string>()
  const nameOf = new Map<string, string>()
  for (const [name, id] of view.ids) if (!nameOf.has(id)) nameOf.set(id, name)
  const fields = (name: string | undefined) => view.records.get(name ?? '') ?? {}
  const engagements = derivation.engagements.toSorted((a, b) => a.at - b.at || a.recordedAt - b.recordedAt)
  const journeys = new Map(derivation.journeys.map((one) => [one.id as string, one]))
  const labels = scenario.rules.stages.labels
  const item = (name: string, children: ReactNode) => (
    <li key={name} className="border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={asked === name}
        onClick={() => ask(asked === name ? undefined : name)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5 text-left text-sm -outline-offset-2 hover:bg-sunken"
      >
        <span className="w-12 shrink-0 font-mono text-xs">{name}</span>
        {children}
        <Icon name="chevron" className={`ml-auto size-3 text-muted ${asked === name ? 'rotate-180' : ''}`} />
      </button>
      {asked === name && <Details ran={ran} name={name} />}
    </li>
  )
  return (
    <>
      <Card title="Engagements and journeys">
        <ul>
          {engagements.map((one) => {
            const name = nameOf.get(one.id) ?? one.id
            const journey = journeys.get(one.id)
            return item(
              name,
              <>
                <span className="min-w-0 grow basis-40">
                  <span className="block">{one.activationType ?? one.recordType}</span>
                  <span className="block truncate text-xs text-muted">
                    {[fields(name)['engagement date'], one.engagementType ?? one.first.medium]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                {journey ? (
                  <>
                    <StageDots stage={highest(journey)} label={labels[highest(journey) - 1] ?? ''} />
                    {one.voided ? (
                      <Badge>void</Badge>
                    ) : journey.completion ? (
                      <Badge tone={outcomeTone(journey.completion.outcome)}>{journey.completion.outcome}</Badge>
                    ) : (
                      <Badge tone="accent">open</Badge>
                    )}
                  </>
                ) : (
                  <span className="text-xs text-muted">of {nameOf.get(one.parent ?? '')}</span>
                )}
              </>,
            )
          })}
          {engagements.length === 0 && <li className="px-4 pb-4 text-sm text-muted">Nothing that matters happened.</li>}
        </ul>
      </Card>
      {derivation.opportunities.length > 0 && (
        <Card title="Opportunities">
          <ul>
            {derivation.opportunities.map(({ id, won, closed, attributionActivation }) =>
              item(
                id,
                <>
                  <span className="min-w-0 grow">
                    {attributionActivation
                      ? `attributed to ${nameOf.get(attributionActivation) ?? attributionActivation}`
                      : 'attributed to nothing'}
                  </span>
                  <Badge tone={won ? 'good' : closed ? 'bad' : 'accent'}>
                    {won ? 'won' : closed ? 'lost' : 'open'}
                  </Badge>
                </>,
              ),
            )}
          </ul>
        </Card>
      )}
      {derivation.findings.length > 0 && (
        <Card title="Findings">
          <ul className="pb-2">
            {derivation.findings.map(({ code, record, fact, detail }) => (
              <li key={`${code} ${record} ${fact}`} className="px-4 py-2 text-sm">
                <p className="font-medium">{FINDINGS[code].title}</p>
                <p className="text-muted">{detail}</p>
                <p className="text-muted">{FINDINGS[code].remedy}</p>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

const highest = ({ stages }: Journey): number => stages.reduce((far, stamp, index) => (stamp ? index + 1 : far), 1)

/** Every field of one record, and why each decision about it was taken. */
function Details({ ran, name }: { ran: Ran; name: string }) {
  const id = ran.view.ids.get(name) ?? ''
  const fields = Object.entries(ran.view.records.get(name) ?? {})
  const parts = id.startsWith('eng:') ? ['', '#values', '#stage-2', '#stage-3', '#completion'] : ['']
  return (
    <div className="grid gap-4 border-t border-line bg-sunken px-4 py-3 text-sm">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 sm:grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)]">
        {fields.map(([field, value]) => (
          <div key={field} className="contents">
            <dt className="text-muted">{field}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <ul className="grid gap-2.5">
        {parts.map((part) => (
          <Reason key={part} ran={ran} record={`${id}${part}`} />
        ))}
      </ul>
    </div>
  )
}

/** Why one part of a record is as it is: the statement, the rule and what would have been otherwise. */
function Reason({ ran, record }: { ran: Ran; record: string }) {
  const last = ran.scenario.expectations.at(-1)
  const facts = last?.facts ?? []
  const why = explain(
    record,
    facts.flatMap((fact) => (isDirectoryFact(fact) ? [] : [fact])),
    directoryOf(facts.filter(isDirectoryFact), last?.asOf ?? 0),
    ran.scenario.rules,
    last?.asOf ?? 0,
    (rule) => RULE_TEXTS.get(rule),
  )
  if (!why) return null
  const names = [...ran.view.ids].toSorted(([, a], [, b]) => b.length - a.length)
  const told = (text: string) => names.reduce((so, [name, id]) => (id ? so.replaceAll(id, name) : so), text)
  return (
    <li className="rounded-lg border border-line bg-surface px-3 py-2.5">
      <p className="font-medium">{told(why.statement)}</p>
      {why.rule && (
        <p className="mt-1 text-muted">
          <span className="mr-1.5 rounded bg-accent-soft px-1 py-0.5 font-mono text-xs text-accent-ink">
            {why.rule.id}
          </span>
          {why.rule.text}
        </p>
      )}
      {why.alternatives.map((one) => (
        <p key={one.statement} className="mt-1 text-muted">
          {told(one.statement)}
        </p>
      ))}
    </li>
  )
}
