import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type OpportunityLine, type Person, personQuery } from '../client.ts'
import { count, counted, day, money, withDays } from '../format.ts'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'
import { WhyLink } from '../why-panel.tsx'
import { JourneyLane } from './journey-lane.tsx'

/** Who somebody is, and what happened. */
export function PersonPage() {
  const { id } = useParams({ from: '/people/$id' })
  const person = useQuery(personQuery(id))
  useTitle(person.data ? (person.data.name ?? person.data.id) : undefined)
  return (
    <Loaded query={person} waiting={<Waiting />}>
      {(known) => <Story person={known} />}
    </Loaded>
  )
}

function Story({ person }: { person: Person }) {
  const silent = person.interactions.filter(({ engagement }) => engagement === null)
  return (
    <>
      <nav aria-label="Where this is" className="mb-3 text-sm">
        <Link to="/people" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <Icon name="left" className="size-3.5" />
          People
        </Link>
      </nav>
      <header className="mb-5 flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 grow">
          <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xl font-semibold tracking-tight">
            <span className="min-w-0 break-words">{person.name ?? person.id}</span>
            {person.dormant ? <Badge>Dormant</Badge> : <Badge tone="good">Active</Badge>}
            {person.deleted && <Badge tone="bad">Deleted in the CRM</Badge>}
          </h1>
          <p className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
            {(person.title || person.company) && (
              <span>{[person.title, person.account?.name ?? person.company].filter(Boolean).join(', ')}</span>
            )}
            {person.email && <span className="break-all">{person.email}</span>}
            <span>
              {person.status ?? 'No status'}, owned by {person.owner.name}
            </span>
          </p>
        </div>
      </header>

      <div className="grid gap-5 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="grid min-w-0 content-start gap-5">
          <NextInteraction person={person} />
          <section aria-label="Journeys">
            <h2 className="mb-3 text-[0.95rem] font-semibold">
              {counted(person.journeys.length, 'journey')}
              <span className="ml-2 font-normal text-muted">newest first</span>
            </h2>
            {person.journeys.length === 0 ? (
              <Card>
                <Empty title="No journey yet">The first interaction will begin one.</Empty>
              </Card>
            ) : (
              <ol className="grid gap-4">
                {[...person.journeys].reverse().map((journey, index) => (
                  <li
                    key={journey.id}
                    id={journey.id}
                    className="scroll-mt-16 rounded-xl target:outline-2 target:outline-accent"
                  >
                    <JourneyLane
                      journey={journey}
                      number={person.journeys.length - index}
                      current={index === 0}
                      opportunity={person.opportunities.find(({ id }) => id === journey.primaryOpportunity?.id)}
                    />
                  </li>
                ))}
              </ol>
            )}
          </section>
          {silent.length > 0 && (
            <Card title="Interactions that made no engagement">
              <ul className="pb-2">
                {[...silent].reverse().map((interaction) => (
                  <li key={interaction.id} className="flex items-baseline gap-3 px-4 py-1.5 text-sm sm:px-5">
                    <span className="w-24 shrink-0 text-muted">{day(interaction.day)}</span>
                    <span className="min-w-0 grow truncate">{interaction.label}</span>
                    <span className="font-mono text-xs text-muted">{interaction.rule}</span>
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
        <aside className="grid min-w-0 content-start gap-5">
          <Details person={person} />
          {person.opportunities.length > 0 && (
            <Card title="Opportunities">
              <ul className="pb-2">
                {person.opportunities.map((opportunity) => (
                  <li key={opportunity.id}>
                    <OpportunityLink opportunity={opportunity} />
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {person.findings.length > 0 && (
            <Card title="Odd in the data">
              <ul className="grid gap-2 px-4 pb-4 text-sm sm:px-5">
                {person.findings.map((finding) => (
                  <li key={`${finding.code}${finding.record}${finding.day}`} className="flex gap-2">
                    <Icon name="alert" className="mt-0.5 text-warn" />
                    <span className="min-w-0 break-words">
                      {finding.detail} <span className="text-xs text-muted">{day(finding.day)}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </aside>
      </div>
    </>
  )
}

/** What the next interaction will be, and why. */
function NextInteraction({ person }: { person: Person }) {
  const { next } = person
  const activation = next.recordType === 'Activation'
  const current = person.journeys.at(-1)
  return (
    <p className="flex gap-3 rounded-xl border border-line bg-surface px-4 py-3 text-sm shadow-card sm:px-5">
      <span
        className={`mt-0.5 grid size-6 shrink-0 place-items-center rounded-full ${activation ? 'bg-accent-soft text-accent-ink' : 'bg-good-soft text-good'}`}
      >
        <Icon name={activation ? 'spark' : 'touch'} className="size-3.5" />
      </span>
      <span className="min-w-0">
        The next interaction will be <strong className="font-semibold">an {next.recordType}</strong>, because{' '}
        {withDays(next.because)}.{' '}
        {current?.dormantDay && !current.completion && (
          <>Without one, the journey goes dormant on {day(current.dormantDay)}. </>
        )}
        <WhyLink
          record={person.id}
          className="font-medium whitespace-nowrap text-accent-ink hover:underline"
          label={`Why: rule ${next.rule}`}
        >
          Why? <span className="font-mono text-xs">{next.rule}</span>
        </WhyLink>
      </span>
    </p>
  )
}

function Details({ person }: { person: Person }) {
  const lines: readonly (readonly [string, ReactNode])[] = [
    ['Owner', person.owner.name],
    ['Status', person.status ?? '–'],
    ['Score', person.score === null ? '–' : count(person.score)],
    ['Account', person.account?.name ?? '–'],
    ['Country', person.country],
    ['Phone', person.phone],
    ['Known since', day(person.createdDay)],
    ['Records', <Records key="records" person={person} />],
  ]
  return (
    <Card title="Details">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-4 pb-4 text-sm sm:px-5">
        {lines
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  )
}

function Records({ person }: { person: Person }) {
  return (
    <span className="grid gap-0.5 font-mono text-xs">
      {person.contacts.map((contact) => (
        <span key={contact} className="break-all">
          contact {contact}
        </span>
      ))}
      {person.leads.map((lead) => (
        <span key={lead} className="break-all">
          lead {lead}
        </span>
      ))}
    </span>
  )
}

/** An opportunity in a list: name, stage, amount. */
export function OpportunityLink({ opportunity }: { opportunity: OpportunityLine }) {
  return (
    <Link
      to="/opportunities/$id"
      params={{ id: opportunity.id }}
      className="group block px-4 py-2 -outline-offset-2 hover:bg-sunken sm:px-5"
    >
      <span className="flex items-start justify-between gap-3 text-sm">
        <span className="min-w-0 font-medium break-words group-hover:text-accent-ink">{opportunity.name}</span>
        {opportunity.amount !== null && (
          <span className="whitespace-nowrap">{money(opportunity.amount, opportunity.currency)}</span>
        )}
      </span>
      <span className="mt-0.5 flex flex-wrap items-center gap-2 text-xs text-muted">
        {opportunity.won ? (
          <Badge tone="good">Won</Badge>
        ) : opportunity.closed ? (
          <Badge tone="bad">Lost</Badge>
        ) : (
          <Badge tone="accent">{opportunity.stage ?? 'Open'}</Badge>
        )}
        since {day(opportunity.closedDay ?? opportunity.createdDay)}
      </span>
    </Link>
  )
}

function Waiting() {
  return (
    <div className="grid gap-5">
      <div className="skeleton h-8 w-64" />
      <div className="rounded-xl border border-line bg-surface">
        <WaitingRows rows={8} className="h-7" />
      </div>
    </div>
  )
}
