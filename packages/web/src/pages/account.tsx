import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { EngagementMonths } from '../charts/engagement-months.tsx'
import { type TimeBar, type TimeLane, TimeLanes, TimeLegend } from '../charts/time-lanes.tsx'
import { type Account, accountQuery, type Status, statusQuery } from '../client.ts'
import { count, counted, day, money } from '../format.ts'
import { Badge, outcomeTone } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { CELL, DataTable } from '../ui/data-table.tsx'
import { Icon } from '../ui/icons.tsx'
import { StageDots } from '../ui/stage-dots.tsx'
import { Empty, Loaded, WaitingPage } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'
import { WhyLink } from '../why-panel.tsx'
import { OpportunityLink, opportunityBar, ownName } from './opportunity-parts.tsx'

/** Who is at an account, what they did, and what came of it. */
export function AccountPage() {
  const { id } = useParams({ from: '/accounts/$id' })
  const account = useQuery(accountQuery(id))
  const { data: status } = useQuery(statusQuery)
  useTitle(account.data?.name)
  return (
    <Loaded query={account} waiting={<WaitingPage />}>
      {(known) => (status ? <Story account={known} status={status} /> : <WaitingPage />)}
    </Loaded>
  )
}

function Story({ account, status }: { account: Account; status: Status }) {
  const open = account.journeys.filter(({ completedDay }) => completedDay === null).length
  return (
    <>
      <nav aria-label="Where this is" className="mb-3 text-sm">
        <Link to="/accounts" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <Icon name="left" className="size-3.5" />
          Accounts
        </Link>
      </nav>
      <header className="mb-5">
        <h1 className="text-xl font-semibold tracking-tight break-words">{account.name}</h1>
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
          {account.industry && <span>{account.industry}</span>}
          {account.owner && <span>owned by {account.owner.name}</span>}
          <span>
            {counted(account.peopleTotal, 'person', 'people')}, {counted(account.engagements, 'engagement')}
          </span>
        </p>
      </header>
      <div className="grid gap-5">
        <Figures account={account} open={open} status={status} />
        <Explorer account={account} today={status.asOfDay} />
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <People account={account} labels={status.stageLabels} />
          <div className="grid min-w-0 gap-5">
            <Card
              title="Opportunities"
              aside={
                account.opportunitiesTotal > 0 && (
                  <Link
                    to="/opportunities"
                    search={{ account: account.id }}
                    className="text-sm font-medium text-accent-ink hover:underline"
                  >
                    {account.opportunitiesTotal === 1 ? 'In the list' : `All ${count(account.opportunitiesTotal)}`}
                  </Link>
                )
              }
            >
              {account.opportunities.length === 0 ? (
                <p className="px-5 pb-4 text-sm text-muted">None yet.</p>
              ) : (
                <ul className="pb-2">
                  {account.opportunities
                    .slice(-8)
                    .reverse()
                    .map((opportunity) => (
                      <li key={opportunity.id}>
                        <OpportunityLink opportunity={opportunity} />
                      </li>
                    ))}
                </ul>
              )}
            </Card>
            <Card title="Engagements by month">
              <div className="px-4 pb-4 sm:px-5">
                {account.months.length === 0 || status.asOfDay === null ? (
                  <p className="text-sm text-muted">None yet.</p>
                ) : (
                  <>
                    <EngagementMonths months={account.months} until={status.asOfDay} />
                    <p className="mt-1 flex flex-wrap gap-x-4 text-xs text-muted">
                      <span className="inline-flex items-center gap-1.5">
                        <span className="size-2.5 rounded-sm bg-stage-5" aria-hidden="true" /> activations
                      </span>
                      <span className="inline-flex items-center gap-1.5">
                        <span className="size-2.5 rounded-sm bg-stage-1" aria-hidden="true" /> influencing
                      </span>
                    </p>
                  </>
                )}
              </div>
            </Card>
          </div>
        </div>
      </div>
    </>
  )
}

/** What came of it: won, open and lost, each in its currencies. */
function Figures({ account, open, status }: { account: Account; open: number; status: Status }) {
  return (
    <section
      aria-label="What came of it"
      className="grid grid-cols-2 overflow-hidden rounded-xl border border-line bg-surface shadow-card lg:grid-cols-4"
    >
      {(['won', 'open', 'lost'] as const).map((state) => {
        const amounts = account.amounts.filter((one) => one.state === state)
        const opportunities = amounts.reduce((sum, one) => sum + one.opportunities, 0)
        const total = amounts.reduce((sum, one) => sum + (one.organisationAmount ?? 0), 0)
        const unrated = amounts.filter(
          ({ amount, organisationAmount }) => amount !== null && organisationAmount === null,
        )
        const others = amounts.filter(({ currency, amount }) => currency !== status.currency && amount !== null)
        return (
          <Link
            key={state}
            to="/opportunities"
            search={{ account: account.id, state }}
            className="-mr-px -mb-px border-r border-b border-line px-4 py-3 -outline-offset-2 hover:bg-sunken sm:px-5"
          >
            <span className="block text-xs text-muted">
              {{ won: 'Won', open: 'Open pipeline', lost: 'Lost' }[state]}
            </span>
            <span className="block truncate text-lg font-semibold tracking-tight">{money(total, status.currency)}</span>
            <span className="block text-xs text-muted">
              {counted(opportunities, 'opportunity', 'opportunities')}
              {others.length > 0 &&
                `, of it ${others.map(({ amount, currency }) => money(amount ?? 0, currency)).join(' and ')}`}
            </span>
            {unrated.length > 0 && (
              <span className="block text-xs text-warn">
                without {unrated.map(({ currency }) => currency).join(', ')}: the rules have no rate
              </span>
            )}
          </Link>
        )
      })}
      <div className="px-4 py-3 sm:px-5">
        <span className="block text-xs text-muted">Journeys</span>
        <span className="block text-lg font-semibold tracking-tight">{count(account.journeysTotal)}</span>
        <span className="block text-xs text-muted">
          {count(open)} open
          {account.journeysTotal > account.journeys.length && ` of the newest ${account.journeys.length}`}
        </span>
      </div>
    </section>
  )
}

/** Everybody's journeys and the opportunities on one time axis: a lane for each person. */
function Explorer({ account, today }: { account: Account; today: string | null }) {
  const people = new Map<string, Account['journeys'][number][]>()
  for (const journey of account.journeys) {
    const key = journey.person ?? 'nobody'
    people.set(key, [...(people.get(key) ?? []), journey])
  }
  const lanes: TimeLane[] = [
    ...[...people].map(
      ([person, journeys]): TimeLane => ({
        id: person,
        name:
          person === 'nobody' ? (
            <span className="text-muted">Nobody: stands in</span>
          ) : (
            <Link
              to="/people/$id"
              params={{ id: person }}
              className="font-medium hover:text-accent-ink hover:underline"
            >
              {journeys[0]?.personName ?? person}
            </Link>
          ),
        note: journeys.length > 1 ? counted(journeys.length, 'journey') : (journeys[0]?.engagementType ?? null),
        bars: journeys.map(journeyBar),
      }),
    ),
    ...account.opportunities.map(
      (opportunity): TimeLane => ({
        id: opportunity.id,
        name: (
          <Link
            to="/opportunities/$id"
            params={{ id: opportunity.id }}
            title={opportunity.name}
            className="hover:text-accent-ink hover:underline"
          >
            {ownName(opportunity)}
          </Link>
        ),
        note: opportunity.amount === null ? 'Opportunity' : money(opportunity.amount, opportunity.currency),
        bars: [opportunityBar(opportunity)],
      }),
    ),
  ]
  const owners = new Map(account.journeys.map((journey) => [journey.id, journey.person]))
  return (
    <Card
      title="Journey explorer"
      aside={<TimeLegend opportunities={account.opportunities.length > 0} />}
      {...(account.journeysTotal > account.journeys.length && {
        about: (
          <p className="text-xs text-muted">
            The newest {count(account.journeys.length)} of {count(account.journeysTotal)} journeys.
          </p>
        ),
      })}
    >
      {lanes.length === 0 || today === null ? (
        <Empty title="No journeys yet">Once somebody at this account engages, their journey appears here.</Empty>
      ) : (
        <div className="px-4 pb-4 sm:px-5">
          <TimeLanes
            lanes={lanes}
            until={today}
            caption="Journeys and opportunities of the account on one time axis"
            link={(bar, wrapped, children) => {
              const person = owners.get(bar.id)
              if (bar.kind === 'opportunity')
                return (
                  <Link to="/opportunities/$id" params={{ id: bar.id }} {...wrapped}>
                    {children}
                  </Link>
                )
              return person ? (
                <Link to="/people/$id" params={{ id: person }} hash={bar.id} {...wrapped}>
                  {children}
                </Link>
              ) : (
                <Link to="." search={{ why: bar.id }} replace resetScroll={false} {...wrapped}>
                  {children}
                </Link>
              )
            }}
          />
        </div>
      )}
    </Card>
  )
}

function journeyBar(journey: Account['journeys'][number]): TimeBar {
  const { stages, completedDay, outcome, influencing } = journey
  const reached = stages.flatMap((text, index) => (text === null ? [] : [{ stage: index + 1, day: text }]))
  return {
    id: journey.id,
    kind: 'journey',
    from: journey.day,
    to: completedDay,
    stages: reached.slice(1),
    end: outcome === null ? null : outcomeTone(outcome),
    marks: influencing,
    label: `${journey.personName ?? 'Nobody'}, ${journey.engagementType ?? journey.activationType}: ${day(journey.day)} – ${completedDay ? `${day(completedDay)}, ${outcome}` : 'still open'}; reached stage ${reached.at(-1)?.stage ?? 1}; ${counted(influencing.length, 'influencing engagement')}`,
  }
}

function People({ account, labels }: { account: Account; labels: readonly string[] }) {
  return (
    <Card title="People" aside={<span className="text-sm text-muted">{count(account.peopleTotal)}</span>}>
      {account.people.length === 0 ? (
        <Empty title="Nobody yet">Contacts of this account appear here.</Empty>
      ) : (
        <DataTable
          caption="People of the account"
          heads={[
            { key: 'name', label: 'Person' },
            { key: 'state', label: 'State' },
            { key: 'stage', label: 'Current journey' },
            { key: 'owner', label: 'Owner', wide: true },
            { key: 'engagements', label: 'Engagements', numeric: true, wide: true },
            { key: 'last', label: 'Last', numeric: true, told: true },
          ]}
        >
          {account.people.map((person) => (
            <tr
              key={person.id}
              className="relative border-b border-line last:border-0 focus-within:bg-sunken hover:bg-sunken"
            >
              <th scope="row" className={`${CELL} max-w-36 text-left font-medium sm:max-w-52`}>
                <Link
                  data-row
                  to="/people/$id"
                  params={{ id: person.id }}
                  className="block truncate -outline-offset-2 after:absolute after:inset-0 hover:text-accent-ink"
                >
                  {person.name ?? person.id}
                </Link>
              </th>
              <td className={CELL}>
                <WhyLink
                  record={`${person.id}#next`}
                  label={person.dormant ? 'Dormant: why' : 'Active: why'}
                  className="relative z-1 -my-0.5 inline-block py-0.5"
                >
                  {person.dormant ? <Badge>Dormant</Badge> : <Badge tone="good">Active</Badge>}
                </WhyLink>
              </td>
              <td className={CELL}>
                {person.stage === null ? (
                  '–'
                ) : (
                  <StageDots stage={person.stage} label={labels[person.stage - 1] ?? ''} />
                )}
              </td>
              <td className={`${CELL} whitespace-nowrap max-md:hidden`}>{person.owner.name}</td>
              <td className={`${CELL} text-right max-md:hidden`}>{count(person.engagements)}</td>
              <td className={`${CELL} text-right whitespace-nowrap max-sm:hidden`}>
                {person.lastEngagementDay ? day(person.lastEngagementDay) : '–'}
              </td>
            </tr>
          ))}
        </DataTable>
      )}
      {account.peopleTotal > account.people.length && (
        <p className="px-5 pb-4 text-sm text-muted">
          The {count(account.people.length)} most recently engaged are shown.
        </p>
      )}
    </Card>
  )
}
