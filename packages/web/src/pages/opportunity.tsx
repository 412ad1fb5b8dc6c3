import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type Opportunity, opportunityQuery, statusQuery } from '../client.ts'
import { day, money } from '../format.ts'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'
import { Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'
import { WhyLink } from '../why-panel.tsx'

/** What made a deal. */
export function OpportunityPage() {
  const { id } = useParams({ from: '/opportunities/$id' })
  const opportunity = useQuery(opportunityQuery(id))
  useTitle(opportunity.data?.name)
  return (
    <Loaded query={opportunity} waiting={<WaitingRows rows={8} className="h-7" />}>
      {(known) => <Story opportunity={known} />}
    </Loaded>
  )
}

function Story({ opportunity }: { opportunity: Opportunity }) {
  const { data: status } = useQuery(statusQuery)
  const { attribution, amount, currency, organisationAmount } = opportunity
  const record = `opportunity:${opportunity.id}`
  return (
    <>
      <header className="mb-5">
        <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xl font-semibold tracking-tight">
          <span className="min-w-0 break-words">{opportunity.name}</span>
          {opportunity.won ? (
            <Badge tone="good">Won</Badge>
          ) : opportunity.closed ? (
            <Badge tone="bad">Lost</Badge>
          ) : (
            <Badge tone="accent">Open</Badge>
          )}
          {opportunity.deleted && <Badge tone="bad">Deleted in the CRM</Badge>}
        </h1>
        <p className="mt-1 flex flex-wrap gap-x-4 text-sm text-muted">
          {amount !== null && (
            <span className="font-medium text-ink">
              {money(amount, currency)}
              {status && currency !== status.currency && organisationAmount !== null && (
                <span className="font-normal text-muted"> ({money(organisationAmount, status.currency)})</span>
              )}
            </span>
          )}
          {opportunity.account && <span>{opportunity.account.name}</span>}
          <span>owned by {opportunity.owner.name}</span>
          {opportunity.stage && <span>{opportunity.stage}</span>}
        </p>
      </header>
      <div className="grid gap-5 lg:grid-cols-2">
        <Card title="Stages" className="lg:col-span-2">
          <ol className="grid border-t border-line max-sm:divide-y sm:grid-cols-3 sm:divide-x divide-line">
            {opportunity.stages.map((stage) => (
              <li key={stage.stage}>
                <WhyLink record={stage.record} className="group block px-5 py-3 -outline-offset-2 hover:bg-sunken">
                  <span className={`block text-sm ${stage.day ? 'font-medium' : 'text-muted'}`}>{stage.label}</span>
                  <span className="block text-sm text-muted group-hover:text-accent-ink">
                    {stage.day ? `${day(stage.day)}, ${stage.owner?.name ?? 'nobody'}` : 'not reached'}
                  </span>
                </WhyLink>
              </li>
            ))}
          </ol>
        </Card>

        <Card
          title="Attribution activation"
          aside={
            <WhyLink record={record} className="text-sm font-medium text-accent-ink hover:underline">
              Why this one?
            </WhyLink>
          }
        >
          <div className="px-4 pb-4 text-sm sm:px-5">
            {attribution ? (
              <>
                <p className="font-medium">
                  {attribution.engagement.person ? (
                    <Link
                      to="/people/$id"
                      params={{ id: attribution.engagement.person }}
                      hash={attribution.engagement.id}
                      className="hover:text-accent-ink hover:underline"
                    >
                      {attribution.personName ?? attribution.engagement.person}
                    </Link>
                  ) : (
                    'Nobody: made because no person is on the opportunity'
                  )}
                </p>
                <p className="mt-1 text-muted">
                  {attribution.engagement.activationType} · {day(attribution.engagement.day)}
                </p>
                <p className="mt-1 text-muted">
                  {[
                    attribution.engagement.first.medium,
                    attribution.engagement.first.source,
                    attribution.engagement.first.campaign,
                  ]
                    .filter(Boolean)
                    .join(' › ')}
                </p>
              </>
            ) : (
              <p className="text-muted">None: no activation of anybody on this opportunity is eligible yet.</p>
            )}
          </div>
        </Card>

        <Card title="Buying group">
          <ul className="pb-2 text-sm">
            {opportunity.contactRoles.map((role) => (
              <li
                key={`${role.contact}${role.role}`}
                className="flex flex-wrap items-baseline gap-x-3 px-4 py-1.5 sm:px-5"
              >
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
                <span className="text-muted">{role.role ?? 'no role named'}</span>
                {role.primary && <Badge>Primary</Badge>}
                <span className="ml-auto text-xs text-muted">{day(role.day)}</span>
              </li>
            ))}
            {opportunity.contactRoles.length === 0 && (
              <li className="flex gap-2 px-5 py-2 text-muted">
                <Icon name="alert" className="mt-0.5 text-warn" />
                Nobody: add contact roles in the CRM, so that people are credited.
              </li>
            )}
          </ul>
        </Card>

        <Card title="Journeys that lead here" className="lg:col-span-2">
          <ul className="pb-2 text-sm">
            {opportunity.journeys.map((journey) => (
              <li key={journey.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2 sm:px-5">
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
                  {journey.activation.activationType}, {day(journey.activation.day)}
                </span>
                <span className="text-muted">{journey.activation.first.medium}</span>
                <span className="ml-auto flex gap-2">
                  <Badge tone={journey.role === 'Attribution Activation' ? 'accent' : 'plain'}>
                    {journey.role ?? 'No role'}
                  </Badge>
                  {journey.open ? <Badge tone="good">Open</Badge> : <Badge>Complete</Badge>}
                </span>
              </li>
            ))}
            {opportunity.journeys.length === 0 && <li className="px-5 py-2 text-muted">None.</li>}
          </ul>
        </Card>
      </div>
    </>
  )
}
