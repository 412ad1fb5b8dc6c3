import { Link } from '@tanstack/react-router'
import type { Engagement, Journey, OpportunityLine, Stamp } from '../client.ts'
import { count, counted, day, money } from '../format.ts'
import { Badge, outcomeTone } from '../ui/badge.tsx'
import { Icon } from '../ui/icons.tsx'
import { WhyLink } from '../why-panel.tsx'

const DAY_MS = 86_400_000

/** One journey: how it began, how far it came, what influenced it, how it ended. Each part says why. */
export function JourneyLane({
  journey,
  number,
  current,
  opportunity,
}: {
  journey: Journey
  number: number
  current: boolean
  opportunity: OpportunityLine | undefined
}) {
  const { activation, completion } = journey
  return (
    <article
      aria-label={`Journey ${number}`}
      className={`overflow-hidden rounded-xl border bg-surface shadow-card ${current && !completion ? 'border-line-strong' : 'border-line'} ${journey.voided ? 'opacity-70' : ''}`}
    >
      <header className="grid items-start gap-x-6 gap-y-2 px-4 pt-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:px-5">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="text-xs font-medium text-muted">Journey {number}</span>
            <Badge tone="accent">{activation.activationType}</Badge>
            {journey.voided && <Badge>Replaced by a real activation</Badge>}
            {activation.backdated && <Badge tone="warn">Backdated</Badge>}
          </p>
          <p className="mt-1.5 font-semibold">
            <WhyLink
              record={activation.id}
              className="decoration-line-strong decoration-dotted underline-offset-4 hover:text-accent-ink [&:not(:hover)]:underline"
            >
              {activation.engagementType ?? activation.triggeredBy}
            </WhyLink>
          </p>
          <SourceOf engagement={activation} />
        </div>
        <div className="sm:text-right">
          {completion ? (
            <WhyLink record={completion.record} label={`${completion.outcome}, ${day(completion.day)}: why`}>
              <Badge tone={outcomeTone(completion.outcome)}>{completion.outcome}</Badge>
            </WhyLink>
          ) : (
            <WhyLink record={`${journey.id}#completion`} label="Open: why">
              <Badge tone="good">Open</Badge>
            </WhyLink>
          )}
          <p className="mt-1 text-xs text-muted">
            {day(activation.day)}
            {completion && ` – ${day(completion.day)}`}
            {completion?.inferred && ' (inferred)'}
            {!completion && journey.dormantDay && <span className="block">dormant on {day(journey.dormantDay)}</span>}
          </p>
        </div>
      </header>

      <ol className="mt-4 grid grid-cols-2 border-t border-line sm:grid-cols-3 lg:grid-cols-6">
        {journey.stages.map((stage, index) => (
          <li key={stage.stage} className="-mr-px border-r border-b border-line">
            <StagePill stage={stage} before={journey.stages[index - 1]} />
          </li>
        ))}
      </ol>

      {opportunity && (
        <Link
          to="/opportunities/$id"
          params={{ id: opportunity.id }}
          className="group flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 text-sm -outline-offset-2 hover:bg-sunken sm:px-5"
        >
          <Icon name="money" className="text-muted" />
          <span className="min-w-0 font-medium group-hover:text-accent-ink">{opportunity.name}</span>
          {opportunity.amount !== null && <span>{money(opportunity.amount, opportunity.currency)}</span>}
          <span className="text-xs text-muted">
            {journey.primaryOpportunity?.role === 'Attribution Activation'
              ? 'attributed to this journey'
              : 'influenced by this journey'}
          </span>
        </Link>
      )}

      <div className="px-4 py-3 sm:px-5">
        {journey.influencing.length === 0 ? (
          <p className="text-sm text-muted">No influencing engagements.</p>
        ) : (
          <>
            <p className="mb-1 text-xs font-medium text-muted">
              {counted(journey.influencing.length, 'influencing engagement')}
            </p>
            <ol className="relative grid before:absolute before:top-3 before:bottom-3 before:left-[5px] before:w-px before:bg-line-strong">
              {journey.influencing.map((engagement) => (
                <InfluenceRow key={engagement.id} engagement={engagement} />
              ))}
            </ol>
          </>
        )}
      </div>
    </article>
  )
}

/** Medium, source and campaign of the first click, and where the medium was taken from. */
function SourceOf({ engagement }: { engagement: Engagement }) {
  const { medium, source, campaign } = engagement.first
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
      {[medium ?? 'No medium', source, campaign]
        .filter((step) => step !== undefined)
        .map((step, index) => (
          <span key={step} className="inline-flex items-center gap-1.5">
            {index > 0 && <Icon name="right" className="size-2.5" />}
            <span className="break-all">{step}</span>
          </span>
        ))}
      {engagement.mediumInput && <span className="text-xs">· from {engagement.mediumInput}</span>}
    </p>
  )
}

const TONES = ['bg-stage-1', 'bg-stage-2', 'bg-stage-3', 'bg-stage-4', 'bg-stage-5', 'bg-stage-6']

function StagePill({ stage, before }: { stage: Stamp; before: Stamp | undefined }) {
  const reached = stage.at !== null
  const gap = stage.at !== null && before?.at != null ? Math.round((stage.at - before.at) / DAY_MS) : undefined
  return (
    <WhyLink
      record={stage.record}
      label={`${stage.label}: ${stage.day ? `${day(stage.day)}${stage.owner ? `, ${stage.owner.name}` : ''}` : 'not reached'}. Why?`}
      className="group block h-full px-4 py-2.5 -outline-offset-2 hover:bg-sunken lg:px-3 lg:first:pl-5"
    >
      <span
        className={`mb-2 block h-1 rounded-full ${reached ? TONES[stage.stage - 1] : 'bg-line'}`}
        aria-hidden="true"
      />
      <span className={`block truncate text-xs ${reached ? 'font-medium' : 'text-muted'}`}>{stage.label}</span>
      {stage.day ? (
        <>
          <span className="flex flex-wrap items-baseline gap-x-1.5 text-sm group-hover:text-accent-ink">
            <span className="whitespace-nowrap">{day(stage.day)}</span>
            {gap !== undefined && gap > 0 && (
              <span className="text-xs whitespace-nowrap text-muted">+{count(gap)} d</span>
            )}
          </span>
          <span className="block truncate text-xs text-muted">{stage.owner?.name ?? 'nobody'}</span>
          {(stage.filled || stage.inferred) && (
            <span className="mt-1 flex flex-wrap gap-1">
              {stage.filled && <Mark title="The stage was skipped and took the date of a later one">filled</Mark>}
              {stage.inferred && <Mark title="The moment is an inference: the source gave none">inferred</Mark>}
            </span>
          )}
        </>
      ) : (
        <span className="block text-sm text-muted">not reached</span>
      )}
    </WhyLink>
  )
}

function Mark({ title, children }: { title: string; children: string }) {
  return (
    <span
      title={title}
      className="rounded border border-dashed border-line-strong px-1 text-[11px] leading-4 text-muted"
    >
      {children}
    </span>
  )
}

function InfluenceRow({ engagement }: { engagement: Engagement }) {
  const { medium, source } = engagement.first
  return (
    <li className="relative">
      <span
        className="absolute top-3.5 left-0 size-[11px] rounded-full border-2 border-accent bg-surface"
        aria-hidden="true"
      />
      <WhyLink
        record={engagement.id}
        className="group grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 rounded-md py-1.5 pr-1 pl-6 text-sm hover:bg-sunken sm:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,14rem)]"
      >
        <span className="text-muted max-sm:order-2 max-sm:text-xs">{day(engagement.day)}</span>
        <span className="truncate group-hover:text-accent-ink">
          {engagement.engagementType ?? engagement.triggeredBy}
        </span>
        <span className="truncate text-muted max-sm:order-3 max-sm:col-span-2 max-sm:text-xs sm:text-right">
          {[medium, source].filter(Boolean).join(' › ') || 'No medium'}
        </span>
      </WhyLink>
    </li>
  )
}
