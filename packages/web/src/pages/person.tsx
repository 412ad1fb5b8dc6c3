import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type TimeBar, type TimeLane, TimeLanes, TimeLegend } from '../charts/time-lanes.tsx'
import { type Person, personQuery, statusQuery } from '../client.ts'
import { count, counted, day, money, withDays } from '../format.ts'
import { HISTORY_GROUPS, type HistoryGroup } from '../search.ts'
import { Badge, outcomeTone } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Segmented } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { Empty, Loaded, WaitingPage } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'
import { WhyLink } from '../why-panel.tsx'
import { Findings } from './findings-card.tsx'
import { HistoryList } from './history-list.tsx'
import { type Interaction, JourneyLane, SilentRow } from './journey-lane.tsx'
import { OpportunityLink, opportunityBar, ownName } from './opportunity-parts.tsx'

/** Who somebody is, and what happened. */
export function PersonPage() {
  const { id } = useParams({ from: '/people/$id' })
  const person = useQuery(personQuery(id))
  useTitle(person.data ? (person.data.name ?? person.data.id) : undefined)
  return (
    <Loaded query={person} waiting={<WaitingPage />}>
      {(known) => <Story person={known} />}
    </Loaded>
  )
}

function Story({ person }: { person: Person }) {
  const { data: status } = useQuery(statusQuery)
  const { inJourney, between } = placeSilent(person)
  const next = `${person.id}#next`
  return (
    <>
      <nav aria-label="Where this is" className="mb-3 text-sm">
        <Link to="/people" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <Icon name="left" className="size-3.5" />
          People
        </Link>
      </nav>
      <header className="mb-5">
        <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xl font-semibold tracking-tight">
          <span className="min-w-0 break-words">{person.name ?? person.id}</span>
          <WhyLink record={next} label={person.dormant ? 'Dormant: why' : 'Active: why'} className="leading-none">
            {person.dormant ? <Badge>Dormant</Badge> : <Badge tone="good">Active</Badge>}
          </WhyLink>
          {person.deleted && <Badge tone="bad">Deleted in the CRM</Badge>}
        </h1>
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
          {(person.title || person.company || person.account) && (
            <span>
              {person.title && `${person.title}${person.account || person.company ? ', ' : ''}`}
              {person.account ? <AccountLink account={person.account} /> : person.company}
            </span>
          )}
          {person.email && <span className="break-all">{person.email}</span>}
          <span>
            {person.status ?? 'No status'}, owned by {person.owner.name}
          </span>
        </p>
      </header>

      <div className="grid gap-5 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="grid min-w-0 content-start gap-5">
          <NextInteraction person={person} today={status?.asOfDay ?? null} />
          {status?.asOfDay && person.journeys.length > 0 && <TimeAxis person={person} today={status.asOfDay} />}
          <section aria-label="Journeys">
            <h2 className="mb-3 text-[0.95rem] font-semibold">
              {counted(person.journeys.length, 'journey')}
              {person.journeys.length > 1 && <span className="ml-2 font-normal text-muted">newest first</span>}
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
                      silent={inJourney.get(journey.id) ?? []}
                    />
                  </li>
                ))}
              </ol>
            )}
          </section>
          {between.length > 0 && (
            <Card title="Outside any journey">
              <ol className="px-4 pb-3 sm:px-5">
                {[...between].reverse().map((interaction) => (
                  <SilentRow key={interaction.id} interaction={interaction} lone />
                ))}
              </ol>
            </Card>
          )}
          <History person={person} />
        </div>
        <aside className="grid min-w-0 content-start gap-5">
          <Details person={person} />
          <Opportunities person={person} />
          <Findings findings={person.findings} />
        </aside>
      </div>
    </>
  )
}

/** Interactions that made no engagement, by the journey that was open then; those outside any apart. */
function placeSilent(person: Person) {
  const inJourney = new Map<string, Interaction[]>()
  const between: Interaction[] = []
  for (const interaction of person.interactions) {
    if (interaction.engagement !== null) continue
    const journey = person.journeys.findLast(
      ({ activation, completion }) =>
        activation.at <= interaction.at && (completion === null || interaction.at <= completion.at),
    )
    if (!journey) between.push(interaction)
    else inJourney.set(journey.id, [...(inJourney.get(journey.id) ?? []), interaction])
  }
  return { inJourney, between }
}

/** Journeys and opportunities on one time axis. */
function TimeAxis({ person, today }: { person: Person; today: string }) {
  const lanes: TimeLane[] = [
    ...person.journeys.map(
      (journey, index): TimeLane => ({
        id: journey.id,
        name: (
          <span className="font-medium">
            Journey {index + 1}
            {journey.id === person.journeys.at(-1)?.id && !journey.completion && (
              <span className="ml-1.5 font-normal text-good">open</span>
            )}
          </span>
        ),
        note: journey.activation.reporting.engagementType ?? journey.activation.triggeredBy,
        bars: [journeyBar(journey, index + 1)],
      }),
    ),
    ...person.opportunities.map(
      (opportunity): TimeLane => ({
        id: opportunity.id,
        name: <span title={opportunity.name}>{ownName(opportunity)}</span>,
        note:
          opportunity.amount === null
            ? (opportunity.stage ?? 'Opportunity')
            : money(opportunity.amount, opportunity.currency),
        bars: [opportunityBar(opportunity)],
      }),
    ),
  ]
  return (
    <Card title="Timeline" aside={<TimeLegend opportunities={person.opportunities.length > 0} />}>
      <div className="px-4 pb-4 sm:px-5">
        <TimeLanes
          lanes={lanes}
          until={today}
          caption="Journeys and opportunities on one time axis"
          link={({ id, kind }, wrapped, children) =>
            kind === 'journey' ? (
              <Link to="." search={true} hash={id} {...wrapped}>
                {children}
              </Link>
            ) : (
              <Link to="/opportunities/$id" params={{ id }} {...wrapped}>
                {children}
              </Link>
            )
          }
        />
      </div>
    </Card>
  )
}

function journeyBar(journey: Person['journeys'][number], number: number): TimeBar {
  const { activation, completion, influencing } = journey
  const reached = journey.stages.filter(({ day }) => day !== null)
  const stage = reached.at(-1)
  return {
    id: journey.id,
    kind: 'journey',
    from: activation.day,
    to: completion?.day ?? null,
    stages: reached.slice(1).map((one) => ({ stage: one.stage, day: one.day as string })),
    end: completion && outcomeTone(completion.outcome),
    marks: influencing.map((one) => one.day),
    label: `Journey ${number}: ${day(activation.day)} – ${completion ? `${day(completion.day)}, ${completion.outcome}` : 'still open'}; reached ${stage?.label ?? 'nothing'}; ${counted(influencing.length, 'influencing engagement')}`,
  }
}

/** What the next interaction will be, and why. */
function NextInteraction({ person, today }: { person: Person; today: string | null }) {
  const { next } = person
  const activation = next.recordType === 'Activation'
  const dormantDay = person.journeys.findLast(({ completion }) => completion === null)?.dormantDay ?? null
  const left = dormantDay && today ? Math.round((Date.parse(dormantDay) - Date.parse(today)) / 86_400_000) : null
  return (
    <div className="flex gap-3 rounded-xl border border-line bg-surface px-4 py-3 text-sm shadow-card sm:px-5">
      <span
        className={`mt-0.5 grid size-6 shrink-0 place-items-center rounded-full ${activation ? 'bg-accent-soft text-accent-ink' : 'bg-good-soft text-good'}`}
      >
        <Icon name={activation ? 'spark' : 'touch'} className="size-3.5" />
      </span>
      <p className="min-w-0 grow">
        The next interaction will be <strong className="font-semibold">an {next.recordType}</strong>, because{' '}
        {withDays(next.because)}.{' '}
        <WhyLink
          record={`${person.id}#next`}
          className="font-medium whitespace-nowrap text-accent-ink hover:underline"
          label={`Why: rule ${next.rule}`}
        >
          Why? <span className="font-mono text-xs">{next.rule}</span>
        </WhyLink>
      </p>
      {!activation && dormantDay && left !== null && (
        <p className="shrink-0 text-right">
          <strong className={`block font-semibold ${left <= 14 ? 'text-warn' : ''}`}>{counted(left, 'day')}</strong>
          <span className="block text-xs text-muted" title={`Without another interaction, on ${day(dormantDay)}`}>
            until dormant
          </span>
        </p>
      )}
    </div>
  )
}

const GROUPS: Readonly<Record<HistoryGroup | 'all', string>> = {
  all: 'All',
  interaction: 'Interactions',
  campaign: 'Campaigns',
  task: 'Tasks',
  role: 'Roles',
  record: 'Records',
  field: 'Changes',
}

/** Every fact about the person's records, of one kind or of all. */
function History({ person }: { person: Person }) {
  const { show } = useSearch({ from: '/people/$id' })
  const navigate = useNavigate({ from: '/people/$id' })
  const there = HISTORY_GROUPS.filter((group) => person.history.some((entry) => entry.group === group))
  const options = Object.fromEntries([['all', GROUPS.all], ...there.map((group) => [group, GROUPS[group]])])
  const entries = show ? person.history.filter((entry) => entry.group === show) : person.history
  return (
    <Card
      title="What was recorded"
      aside={
        <Segmented
          label="Kind of record"
          options={options as Record<HistoryGroup | 'all', string>}
          value={show ?? 'all'}
          onChange={(group) =>
            void navigate({
              search: ({ show: _shown, ...search }) => (group === 'all' ? search : { ...search, show: group }),
              hash: true,
              replace: true,
              resetScroll: false,
              hashScrollIntoView: false,
            })
          }
        />
      }
    >
      {entries.length === 0 ? (
        <p className="px-5 pb-4 text-sm text-muted">Nothing of that kind was recorded.</p>
      ) : (
        <HistoryList
          entries={entries}
          became={(entry) => {
            const made = person.interactions.find(({ id }) => id === `int:${entry.fact}`)
            return made ? (
              <WhyLink record={made.engagement ?? made.id} className="text-accent-ink hover:underline">
                {made.engagement ? 'made an engagement' : 'made no engagement: why?'}
              </WhyLink>
            ) : null
          }}
        />
      )}
    </Card>
  )
}

function Details({ person }: { person: Person }) {
  const lines: readonly (readonly [string, ReactNode])[] = [
    ['Owner', person.owner.name],
    ['Status', person.status ?? '–'],
    ['Score', person.score === null ? '–' : count(person.score)],
    ['Account', person.account ? <AccountLink key="account" account={person.account} /> : '–'],
    ['Country', person.country],
    ['Phone', person.phone],
    ['Known since', day(person.createdDay)],
  ]
  const joined = person.history.filter(({ kind }) => kind === 'lead-converted' || kind === 'records-merged')
  return (
    <Card title="Details">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-4 pb-3 text-sm sm:px-5">
        {lines
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
      </dl>
      <div className="border-t border-line px-4 py-3 text-sm sm:px-5">
        <h3 className="mb-1.5 text-xs font-medium text-muted">
          {counted(person.contacts.length + person.leads.length, 'record')} of this person
        </h3>
        <ul className="grid gap-1">
          {person.contacts.map((contact) => (
            <Record key={contact} object="contact" id={contact} />
          ))}
          {person.leads.map((lead) => (
            <Record key={lead} object="lead" id={lead} />
          ))}
        </ul>
        {joined.length > 0 && (
          <ul className="mt-2 grid gap-1 border-t border-line pt-2 text-xs text-muted">
            {joined.map((entry) => (
              <li key={entry.fact} className="break-words">
                {entry.kind === 'lead-converted' ? 'Converted' : 'Merged'} on {day(entry.day)}
                {entry.by && ` by ${entry.by.name}`}
                {entry.kind === 'records-merged' && <span className="block">{entry.text}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}

function Record({ object, id }: { object: string; id: string }) {
  return (
    <li className="grid grid-cols-[3.75rem_minmax(0,1fr)] gap-2">
      <span className="capitalize">{object}</span>
      <span className="font-mono text-xs leading-5 break-all text-muted">{id}</span>
    </li>
  )
}

function AccountLink({ account }: { account: Readonly<{ id: string; name: string }> }) {
  return (
    <Link to="/accounts/$id" params={{ id: account.id }} className="hover:text-accent-ink hover:underline">
      {account.name}
    </Link>
  )
}

function Opportunities({ person }: { person: Person }) {
  if (person.opportunities.length === 0) return null
  return (
    <Card title="Opportunities">
      <ul className="pb-2">
        {person.opportunities.map((opportunity) => {
          const role = person.roles.find((one) => one.opportunity === opportunity.id)
          return (
            <li key={opportunity.id}>
              <OpportunityLink
                opportunity={opportunity}
                {...(role && {
                  note: [role.role ?? 'contact role', role.primary && 'primary'].filter(Boolean).join(', '),
                })}
              />
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
