import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { explainQuery, type Opportunity, opportunityQuery, statusQuery } from '../client.ts'
import { counted, day, money } from '../format.ts'
import { Prose } from '../prose.tsx'
import { Ranking, Rule } from '../reasons.tsx'
import { Badge, outcomeTone } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { QUIET } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { Loaded, WaitingPage, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'
import { WhyLink } from '../why-panel.tsx'
import { AttributionDialog } from './attribution-dialog.tsx'
import { SourcePath } from './engagement-values.tsx'
import { Findings } from './findings-card.tsx'
import { HistoryList } from './history-list.tsx'
import { StageBar } from './stage-bar.tsx'

/** What made a deal. */
export function OpportunityPage() {
  const { id } = useParams({ from: '/opportunities/$id' })
  const opportunity = useQuery(opportunityQuery(id))
  useTitle(opportunity.data?.name)
  return (
    <Loaded query={opportunity} waiting={<WaitingPage />}>
      {(known) => <Story opportunity={known} />}
    </Loaded>
  )
}

function Story({ opportunity }: { opportunity: Opportunity }) {
  const { data: status } = useQuery(statusQuery)
  const { amount, currency, organisationAmount, attribution } = opportunity
  const others = opportunity.journeys.filter(({ id }) => id !== attribution?.engagement.id)
  return (
    <>
      <nav aria-label="Where this is" className="mb-3 text-sm">
        <Link to="/opportunities" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <Icon name="left" className="size-3.5" />
          Opportunities
        </Link>
      </nav>
      <header className="mb-5">
        <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xl font-semibold tracking-tight">
          <span className="min-w-0 break-words">{opportunity.name}</span>
          <WhyLink
            record={`opportunity:${opportunity.id}#stage-6`}
            label={`${stateOf(opportunity)}: why`}
            className="leading-none"
          >
            <Badge tone={opportunity.won ? 'good' : opportunity.closed ? 'bad' : 'accent'}>
              {stateOf(opportunity)}
            </Badge>
          </WhyLink>
          {opportunity.deleted && <Badge tone="bad">Deleted in the CRM</Badge>}
        </h1>
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
          {amount !== null && (
            <span className="font-medium text-ink">
              {money(amount, currency)}
              {status && currency !== status.currency && (
                <span className="font-normal text-muted">
                  {organisationAmount === null
                    ? ` (no rate to ${status.currency})`
                    : ` (${money(organisationAmount, status.currency)})`}
                </span>
              )}
            </span>
          )}
          {opportunity.account && (
            <Link
              to="/accounts/$id"
              params={{ id: opportunity.account.id }}
              className="hover:text-accent-ink hover:underline"
            >
              {opportunity.account.name}
            </Link>
          )}
          <span>owned by {opportunity.owner.name}</span>
          {opportunity.stage && (
            <span>
              {opportunity.stage}
              {opportunity.probability !== null && !opportunity.closed && `, ${opportunity.probability} %`}
            </span>
          )}
          {opportunity.closeDate && (
            <span>
              {opportunity.closed ? 'closed' : 'closes'} {day(opportunity.closeDate)}
            </span>
          )}
        </p>
      </header>

      <div className="grid gap-5">
        <section aria-label="Stages" className="overflow-hidden rounded-xl border border-line bg-surface shadow-card">
          <p className="flex flex-wrap justify-between gap-x-4 px-4 pt-3 pb-2 text-xs text-muted sm:px-5">
            <span>Stages 1 to 3 are those of the attribution activation</span>
            <span>4 to 6 the opportunity’s own</span>
          </p>
          <div className="-mb-px">
            <StageBar stages={opportunity.stages} />
          </div>
        </section>

        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_21rem]">
          <div className="grid min-w-0 gap-5">
            <Attribution opportunity={opportunity} />
            <Card
              title="Other activations with this primary opportunity"
              aside={others.length > 0 && <span className="text-sm text-muted">{others.length}</span>}
            >
              {others.length === 0 ? (
                <p className="px-4 pb-4 text-sm text-muted sm:px-5">
                  None: nobody else joined this opportunity during an open journey.
                </p>
              ) : (
                <ul className="pb-2 text-sm">
                  {others.map((journey) => (
                    <OtherActivation key={journey.id} journey={journey} />
                  ))}
                </ul>
              )}
            </Card>
            <Card title="What changed">
              {opportunity.history.length === 0 ? (
                <p className="px-5 pb-4 text-sm text-muted">Nothing was recorded.</p>
              ) : (
                <HistoryList entries={opportunity.history} />
              )}
            </Card>
          </div>
          <aside className="grid min-w-0 gap-5">
            <BuyingGroup opportunity={opportunity} />
            <Findings findings={opportunity.findings} />
          </aside>
        </div>
      </div>
    </>
  )
}

const stateOf = ({ won, closed }: Opportunity): string => (won ? 'Won' : closed ? 'Lost' : 'Open')

/** The activation it is credited to, who that is, and how it was chosen among the candidates. */
function Attribution({ opportunity }: { opportunity: Opportunity }) {
  const [changing, setChanging] = useState(false)
  const { attribution } = opportunity
  const engagement = attribution?.engagement
  const fallback = engagement?.activationType === 'Opportunity Creation'
  return (
    <Card
      title="Attribution activation"
      aside={
        <button type="button" onClick={() => setChanging(true)} className={QUIET} aria-haspopup="dialog">
          <Icon name="hand" className="size-3.5" />
          Change
        </button>
      }
    >
      <div className="grid gap-4 px-4 pb-4 text-sm sm:px-5">
        {attribution && engagement ? (
          <div className="grid gap-x-6 gap-y-2 sm:grid-cols-[minmax(0,1fr)_auto]">
            <div className="min-w-0">
              <p className="text-base font-medium break-words">
                {engagement.person ? (
                  <Link
                    to="/people/$id"
                    params={{ id: engagement.person }}
                    hash={engagement.id}
                    className="hover:text-accent-ink hover:underline"
                  >
                    {attribution.personName ?? engagement.person}
                  </Link>
                ) : (
                  'Nobody: it stands in, because no person is on the opportunity'
                )}
              </p>
              <p className="mt-0.5 text-muted">
                {engagement.reporting.engagementType ?? engagement.triggeredBy}, {day(engagement.day)}
              </p>
              <SourcePath engagement={engagement} className="mt-0.5 text-muted" />
              {attribution.contact && (
                <p className="mt-0.5 text-xs text-muted">
                  Attribution contact <span className="font-mono">{attribution.contact}</span>
                </p>
              )}
            </div>
            <p className="flex flex-wrap items-start gap-1.5 sm:max-w-56 sm:justify-end">
              <WhyLink record={engagement.id} label={`${engagement.activationType}: why`}>
                <Badge tone={fallback ? 'warn' : 'accent'}>{engagement.activationType}</Badge>
              </WhyLink>
              <WhyLink record={`${engagement.id}#completion`} label={`${attribution.outcome ?? 'Open'}: why`}>
                <Badge tone={attribution.outcome === null ? 'good' : outcomeTone(attribution.outcome)}>
                  {attribution.outcome ?? 'Open'}
                </Badge>
              </WhyLink>
            </p>
            {attribution.byHand && (
              <p className="flex gap-2 rounded-lg bg-sunken px-3 py-2 sm:col-span-2">
                <Icon name="hand" className="mt-0.5 text-muted" />
                <span className="min-w-0 break-words">
                  Set by hand by {attribution.byHand.by.name} on {day(attribution.byHand.day)}: “
                  {attribution.byHand.reason}”
                </span>
              </p>
            )}
          </div>
        ) : (
          <p className="text-muted">None: nobody with a contact role has an activation that can be credited yet.</p>
        )}
        <Chosen opportunity={opportunity} />
      </div>
      {changing && <AttributionDialog opportunity={opportunity} onClose={() => setChanging(false)} />}
    </Card>
  )
}

/** How the attribution was chosen: the statement, the rule, the candidates in their order. */
function Chosen({ opportunity }: { opportunity: Opportunity }) {
  const record = `opportunity:${opportunity.id}#attribution-activation`
  const explanation = useQuery(explainQuery(record))
  return (
    <div className="grid gap-3 border-t border-line pt-3">
      <h3 className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{opportunity.attribution ? 'Why this one' : 'Why none'}</span>
        <WhyLink record={record} className="text-sm text-accent-ink hover:underline">
          All reasons
        </WhyLink>
      </h3>
      <Loaded query={explanation} waiting={<WaitingRows rows={2} />}>
        {(why) => (
          <div className="grid gap-3">
            <p className="break-words text-muted">
              <Prose text={why.statement} why={why} />
            </p>
            {why.ranking ? <Ranking ranking={why.ranking} why={why} /> : why.rule && <Rule rule={why.rule} />}
          </div>
        )}
      </Loaded>
    </div>
  )
}

function OtherActivation({ journey }: { journey: Opportunity['journeys'][number] }) {
  const { activation } = journey
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2 sm:px-5">
      {journey.person ? (
        <Link
          to="/people/$id"
          params={{ id: journey.person }}
          hash={journey.id}
          className="font-medium hover:text-accent-ink hover:underline"
        >
          {journey.personName ?? journey.person}
        </Link>
      ) : (
        <span className="font-medium">Nobody yet</span>
      )}
      <span className="text-muted">
        {activation.reporting.engagementType ?? activation.triggeredBy}, {day(activation.day)}
      </span>
      <span className="text-muted">{activation.reporting.medium}</span>
      <span className="ml-auto flex gap-1.5">
        <WhyLink record={`${journey.id}#primary-opportunity`} label={`${journey.role ?? 'No role'}: why`}>
          <Badge tone={journey.role === 'Attribution Activation' ? 'accent' : 'plain'}>
            {journey.role ?? 'No role'}
          </Badge>
        </WhyLink>
        <WhyLink record={`${journey.id}#completion`} label={`${journey.open ? 'Open' : 'Complete'}: why`}>
          {journey.open ? <Badge tone="good">Open</Badge> : <Badge>Complete</Badge>}
        </WhyLink>
      </span>
    </li>
  )
}

function BuyingGroup({ opportunity }: { opportunity: Opportunity }) {
  const { contactRoles } = opportunity
  return (
    <Card
      title="Buying group"
      aside={
        contactRoles.length > 0 && <span className="text-sm text-muted">{counted(contactRoles.length, 'contact')}</span>
      }
    >
      <ul className="pb-2 text-sm">
        {contactRoles.map((role) => (
          <li key={`${role.contact}${role.role}${role.day}`} className="px-4 py-1.5 sm:px-5">
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              {role.person ? (
                <Link
                  to="/people/$id"
                  params={{ id: role.person }}
                  className="font-medium hover:text-accent-ink hover:underline"
                >
                  {role.name ?? role.contact}
                </Link>
              ) : (
                <span className="font-medium">{role.name ?? role.contact}</span>
              )}
              {role.primary && <Badge>Primary</Badge>}
            </span>
            <span className="flex flex-wrap justify-between gap-x-3 text-xs text-muted">
              <span>{role.role ?? 'no role named'}</span>
              <span>since {day(role.day)}</span>
            </span>
          </li>
        ))}
        {contactRoles.length === 0 && (
          <li className="flex gap-2 px-4 pb-3 text-muted sm:px-5">
            <Icon name="alert" className="mt-0.5 text-warn" />
            Nobody: add contact roles in the CRM, so that people are credited.
          </li>
        )}
      </ul>
    </Card>
  )
}
