import { Link } from '@tanstack/react-router'
import { count, counted, days, ratio } from '../format.ts'
import type { Target } from '../reports/drills.ts'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'
import { optionText } from './breakdown.tsx'
import type { FunnelStage } from './stages.ts'

/** One of the funnels that are held against each other; `option` undefined: all together. */
export type Compared = Readonly<{ option: string | undefined; stages: readonly FunnelStage[] }>

const TONES = ['bg-stage-6', 'bg-stage-4', 'bg-stage-2', 'bg-stage-1'] as const

/**
 * Funnels side by side, stage by stage: in a cohort by the share of those that began, in a period by how many
 * reached the stage.
 */
export function Comparison({
  funnels,
  rates,
  drill,
  onRemove,
  onClear,
}: {
  funnels: readonly Compared[]
  rates: boolean
  drill: (stage: number, option: string | undefined) => Target
  onRemove: (option: string) => void
  onClear: () => void
}) {
  const [first] = funnels
  const most = Math.max(1, ...funnels.flatMap(({ stages }) => stages.map(({ journeys }) => journeys)))
  const lengthOf = (stage: FunnelStage) =>
    rates ? (stage.stage === 1 ? 1 : (stage.fromFirst ?? 0)) : stage.journeys / most
  return (
    <Card
      title="Side by side"
      className="mb-5"
      aside={
        <button type="button" onClick={onClear} className="text-sm text-accent-ink hover:underline">
          Clear
        </button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard */}
      <section aria-label="Funnels side by side" tabIndex={0} className="overflow-x-auto px-4 pb-4 sm:px-5">
        <table className="w-full border-separate border-spacing-x-3 border-spacing-y-0 text-sm">
          <caption className="sr-only">Funnels side by side</caption>
          <thead>
            <tr>
              <th scope="col" className="w-28 text-left text-xs font-medium text-muted">
                Stage
              </th>
              {funnels.map(({ option }, place) => (
                <th key={option ?? ''} scope="col" className="min-w-32 pb-2 text-left font-medium">
                  <span className="flex items-center gap-1.5">
                    <span
                      className={`size-2.5 shrink-0 rounded-sm ${option === undefined ? 'bg-line-strong' : TONES[place % TONES.length]}`}
                      aria-hidden="true"
                    />
                    <span className="truncate">{option === undefined ? 'All' : optionText(option)}</span>
                    {option !== undefined && (
                      <button
                        type="button"
                        onClick={() => onRemove(option)}
                        aria-label={`Stop comparing ${option}`}
                        className="grid size-6 shrink-0 place-items-center rounded text-muted hover:bg-sunken"
                      >
                        <Icon name="close" className="size-3" />
                      </button>
                    )}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first?.stages.map(({ stage: number, label }, row) => (
              <tr key={number}>
                <th scope="row" className="border-t border-line py-2 text-left align-top font-normal text-muted">
                  {label}
                </th>
                {funnels.map(({ option, stages }, place) => {
                  const stage = stages[row]
                  if (!stage) return <td key={option ?? ''} className="border-t border-line" />
                  return (
                    <td key={option ?? ''} className="border-t border-line py-2 align-top">
                      <Link
                        {...drill(stage.stage, option)}
                        aria-label={`${option ?? 'All'}, ${label}: ${counted(stage.journeys, 'journey')}`}
                        className="group block rounded"
                      >
                        <span className="flex items-baseline justify-between gap-2">
                          <strong className="font-semibold group-hover:text-accent-ink group-hover:underline">
                            {rates && number > 1 && stage.fromFirst !== null
                              ? ratio(stage.fromFirst)
                              : count(stage.journeys)}
                          </strong>
                          <span className="text-xs whitespace-nowrap text-muted">
                            {rates && number > 1 && count(stage.journeys)}
                            {stage.medianDays !== null && ` · ${days(stage.medianDays)}`}
                          </span>
                        </span>
                        <span className="mt-1 block h-2 rounded-full bg-sunken" aria-hidden="true">
                          <span
                            className={`block h-2 rounded-full ${option === undefined ? 'bg-line-strong' : TONES[place % TONES.length]}`}
                            style={{ width: `${Math.max(0.5, lengthOf(stage) * 100)}%` }}
                          />
                        </span>
                      </Link>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  )
}
