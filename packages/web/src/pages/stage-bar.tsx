import type { Stamp } from '../client.ts'
import { count, day } from '../format.ts'
import { WhyLink } from '../why-panel.tsx'

const DAY_MS = 86_400_000
const TONES = ['bg-stage-1', 'bg-stage-2', 'bg-stage-3', 'bg-stage-4', 'bg-stage-5', 'bg-stage-6']

/** The six stages with date and owner; each, reached or not, says why. */
export function StageBar({ stages }: { stages: readonly Stamp[] }) {
  return (
    <ol className="grid grid-cols-2 overflow-hidden border-t border-line sm:grid-cols-3 lg:grid-cols-6">
      {stages.map((stage, index) => (
        <li key={stage.stage} className="-mr-px border-r border-b border-line">
          <StagePill stage={stage} before={stages[index - 1]} />
        </li>
      ))}
    </ol>
  )
}

function StagePill({ stage, before }: { stage: Stamp; before: Stamp | undefined }) {
  const reached = stage.at !== null
  const gap = stage.at !== null && before?.at != null ? Math.round((stage.at - before.at) / DAY_MS) : undefined
  return (
    <WhyLink
      record={stage.record}
      label={`${stage.label}: ${stage.day ? `${day(stage.day)}${stage.owner ? `, ${stage.owner.name}` : ''}` : 'not reached'}. ${reached ? 'Why?' : 'Why not?'}`}
      className="group block h-full px-4 py-2.5 -outline-offset-2 hover:bg-sunken lg:px-3"
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
        <span className="block text-sm text-muted">
          not reached{' '}
          <span className="text-xs text-accent-ink opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100">
            why not?
          </span>
        </span>
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
