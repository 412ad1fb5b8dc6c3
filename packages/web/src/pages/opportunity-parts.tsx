import { Link } from '@tanstack/react-router'
import type { TimeBar } from '../charts/time-lanes.tsx'
import type { OpportunityLine } from '../client.ts'
import { day, money } from '../format.ts'
import { Badge } from '../ui/badge.tsx'

/** An opportunity's name without that of its account, which lanes and lists of one account need not repeat. */
export function ownName({ name, account }: Pick<OpportunityLine, 'name' | 'account'>): string {
  const own = account && name.startsWith(account.name) ? name.slice(account.name.length).replace(/^[\s,:–—-]+/, '') : ''
  return own || name
}

/** An opportunity's life as a bar. */
export function opportunityBar(
  opportunity: Pick<OpportunityLine, 'id' | 'name' | 'createdDay' | 'closedDay' | 'won' | 'closed'>,
): TimeBar {
  const { won, closed, createdDay, closedDay } = opportunity
  return {
    id: opportunity.id,
    kind: 'opportunity',
    from: createdDay,
    to: closedDay,
    stages: [],
    end: won ? 'good' : closed ? 'bad' : null,
    marks: [],
    label: `Opportunity ${opportunity.name}: ${day(createdDay)} – ${closedDay ? `${day(closedDay)}, ${won ? 'won' : 'lost'}` : 'still open'}`,
  }
}

/** An opportunity in a list: name, stage, amount. */
export function OpportunityLink({ opportunity, note }: { opportunity: OpportunityLine; note?: string }) {
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
        <OpportunityState opportunity={opportunity} />
        since {day(opportunity.closedDay ?? opportunity.createdDay)}
        {note && <span>· {note}</span>}
      </span>
    </Link>
  )
}

/** Won, lost, or the stage it is in. */
export function OpportunityState({ opportunity }: { opportunity: Pick<OpportunityLine, 'won' | 'closed' | 'stage'> }) {
  if (opportunity.won) return <Badge tone="good">Won</Badge>
  if (opportunity.closed) return <Badge tone="bad">Lost</Badge>
  return <Badge tone="accent">{opportunity.stage ?? 'Open'}</Badge>
}
