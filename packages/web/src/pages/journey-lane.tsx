import { Link } from '@tanstack/react-router'
import type { Engagement, Journey, OpportunityLine, Person } from '../client.ts'
import { counted, day, money } from '../format.ts'
import { Badge, outcomeTone } from '../ui/badge.tsx'
import { Icon } from '../ui/icons.tsx'
import { WhyLink } from '../why-panel.tsx'
import { EngagementValues, hasSeveralValues, SourcePath } from './engagement-values.tsx'
import { StageBar } from './stage-bar.tsx'

/** A recorded touch, whether or not it became an engagement. */
export type Interaction = Person['interactions'][number]

/** One journey: how it began, how far it came, what happened in it, how it ended. Each part says why. */
export function JourneyLane({
  journey,
  number,
  current,
  opportunity,
  silent,
}: {
  journey: Journey
  number: number
  current: boolean
  opportunity: OpportunityLine | undefined
  /** Interactions while it was open that made no engagement. */
  silent: readonly Interaction[]
}) {
  const { activation, completion } = journey
  const touches = [
    ...journey.influencing.map((engagement) => ({ at: engagement.at, id: engagement.id, engagement })),
    ...silent.map((interaction) => ({ at: interaction.at, id: interaction.id, interaction })),
  ].sort((a, b) => a.at - b.at)
  return (
    <article
      aria-label={`Journey ${number}`}
      className={`overflow-hidden rounded-xl border bg-surface shadow-card ${current && !completion ? 'border-line-strong' : 'border-line'} ${journey.voided ? 'opacity-70' : ''}`}
    >
      <header className="grid items-start gap-x-6 gap-y-2 px-4 pt-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:px-5">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="text-xs font-medium text-muted">Journey {number}</span>
            <WhyLink record={activation.id} label={`${activation.activationType}: why`}>
              <Badge tone="accent">{activation.activationType}</Badge>
            </WhyLink>
            {journey.voided && <Badge>Replaced by a real activation</Badge>}
            {activation.backdated && <Badge tone="warn">Backdated</Badge>}
          </p>
          <p className="mt-1.5 font-semibold">
            <WhyLink
              record={activation.id}
              className="decoration-line-strong decoration-dotted underline-offset-4 hover:text-accent-ink [&:not(:hover)]:underline"
            >
              {activation.reporting.engagementType ?? activation.triggeredBy}
            </WhyLink>
          </p>
          <SourcePath engagement={activation} className="mt-0.5 text-sm text-muted" />
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
      <details className="group mt-1 px-4 text-sm sm:px-5">
        <summary className="inline-flex items-center gap-1 py-1 text-xs text-accent-ink hover:underline">
          <Icon name="right" className="size-2.5 transition-transform group-open:rotate-90" />
          {hasSeveralValues(activation) ? 'Values, as they arrived and in reports: they differ' : 'Values'}
        </summary>
        <div className="pt-1 pb-2">
          <EngagementValues engagement={activation} />
        </div>
      </details>

      <div className="mt-2">
        <StageBar stages={journey.stages} />
      </div>

      {journey.primaryOpportunity && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 text-sm sm:px-5">
          <Icon name="money" className="text-muted" />
          <Link
            to="/opportunities/$id"
            params={{ id: journey.primaryOpportunity.id }}
            className="min-w-0 py-0.5 font-medium break-words hover:text-accent-ink hover:underline"
          >
            {journey.primaryOpportunity.name}
          </Link>
          {opportunity && opportunity.amount !== null && <span>{money(opportunity.amount, opportunity.currency)}</span>}
          <WhyLink
            record={`${journey.id}#primary-opportunity`}
            className="py-1 text-xs text-muted decoration-dotted underline-offset-4 hover:text-accent-ink hover:underline"
          >
            {journey.primaryOpportunity.role === 'Attribution Activation'
              ? 'attributed to this journey'
              : 'influenced by this journey'}
          </WhyLink>
        </div>
      )}

      <div className="px-4 py-3 sm:px-5">
        {touches.length === 0 ? (
          <p className="text-sm text-muted">No influencing engagements.</p>
        ) : (
          <>
            <p className="mb-1 text-xs font-medium text-muted">
              {counted(journey.influencing.length, 'influencing engagement')}
              {silent.length > 0 && `, ${counted(silent.length, 'interaction')} without one`}
            </p>
            <ol className="relative grid before:absolute before:top-3 before:bottom-3 before:left-[5px] before:w-px before:bg-line-strong">
              {touches.map((touch) =>
                'engagement' in touch ? (
                  <InfluenceRow key={touch.id} engagement={touch.engagement} />
                ) : (
                  <SilentRow key={touch.id} interaction={touch.interaction} />
                ),
              )}
            </ol>
          </>
        )}
      </div>
    </article>
  )
}

const ROW =
  'group grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 rounded-md py-1.5 pr-1 pl-6 text-sm hover:bg-sunken sm:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,14rem)]'

function InfluenceRow({ engagement }: { engagement: Engagement }) {
  const { medium, source, engagementType } = engagement.reporting
  const raw = engagement.first.medium
  return (
    <li className="relative">
      <span
        className="absolute top-3.5 left-0 size-[11px] rounded-full border-2 border-accent bg-surface"
        aria-hidden="true"
      />
      <WhyLink record={engagement.id} className={ROW}>
        <span className="text-muted max-sm:order-2 max-sm:text-xs">{day(engagement.day)}</span>
        <span className="truncate group-hover:text-accent-ink">
          {engagementType ?? engagement.triggeredBy}
          {engagement.backdated && <span className="ml-2 text-xs text-warn">backdated</span>}
        </span>
        <span className="truncate text-muted max-sm:order-3 max-sm:col-span-2 max-sm:text-xs sm:text-right">
          {[medium, source].filter(Boolean).join(' › ') || 'No medium'}
          {raw !== undefined && raw !== medium && <span className="text-xs"> (arrived as {raw})</span>}
        </span>
      </WhyLink>
    </li>
  )
}

/** Why an interaction made no engagement, in a few words; the rule is beside it and its panel says more. */
const SILENT: Readonly<Record<string, string>> = {
  D2: 'a date and nothing else',
  D7: 'a double post',
  O1: 'no task rule',
  O2: 'task counted before',
  P1: 'no campaign rule',
  P2: 'member counted before',
  A9: 'nothing makes it one',
  A11: 'part of the creation',
}

/** An interaction that made no engagement, and why. */
export function SilentRow({ interaction, lone = false }: { interaction: Interaction; lone?: boolean }) {
  return (
    <li className="relative">
      <span
        className={`absolute top-3.5 left-0 size-[11px] rounded-full border border-dashed border-muted bg-surface ${lone ? 'hidden' : ''}`}
        aria-hidden="true"
      />
      <WhyLink record={interaction.id} className={`${ROW} ${lone ? 'pl-0' : ''}`}>
        <span className="text-muted max-sm:order-2 max-sm:text-xs">{day(interaction.day)}</span>
        <span className="truncate text-muted group-hover:text-accent-ink">{interaction.label}</span>
        <span className="text-xs text-muted max-sm:order-3 max-sm:col-span-2 sm:pt-0.5 sm:text-right">
          no engagement: {SILENT[interaction.rule] ?? `rule ${interaction.rule}`}
        </span>
      </WhyLink>
    </li>
  )
}
