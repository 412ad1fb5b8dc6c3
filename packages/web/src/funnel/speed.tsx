import { useQuery } from '@tanstack/react-query'
import { Distribution } from '../charts/distribution.tsx'
import { csvAddress, type Report, reportQuery, statusQuery } from '../client.ts'
import { count, counted, days, ratio } from '../format.ts'
import { journeysTarget, type Target } from '../reports/drills.ts'
import { Figures } from '../reports/figures.tsx'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { Choice, CsvLink } from '../ui/controls.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import type { Asked } from './asked.ts'
import type { PartProps } from './parts.tsx'
import { WaitingPart } from './waiting.tsx'

/** Steps as the address carries them: `2-3` is from stage 2 to stage 3. */
const STEPS = ['1-2', '2-3', '3-4', '4-5', '5-6', '1-6'] as const

/** How the days of one step are spread, with median and mean. [U4] */
export function Speed({ asked, search, enabled, set }: PartProps) {
  const { data: status } = useQuery(statusQuery)
  const step = STEPS.find((known) => known === search.step) ?? '1-2'
  const [from = 1, to = 2] = step.split('-').map(Number)
  const spread = useQuery({ ...reportQuery('velocity-distribution', asked.query), enabled })
  const velocity = useQuery({ ...reportQuery('velocity', asked.query), enabled })
  const label = (stage: number) => status?.stageLabels[stage - 1] ?? `stage ${stage}`
  return (
    <Loaded query={spread} waiting={<WaitingPart />}>
      {(report) => {
        const rows = ofStep(report, from, to)
        const measured = velocity.data && ofStep(velocity.data, from, to)[0]
        const all = rows.reduce((sum, row) => sum + Number(row.journeys), 0)
        return (
          <>
            {measured && (
              <Figures
                label="Median and mean"
                figures={[
                  {
                    label: `${label(from)} to ${label(to)}`,
                    value: counted(all, 'journey'),
                    target: stepTarget(asked, to),
                  },
                  { label: 'Median', value: days(Number(measured.median)) },
                  { label: 'Mean', value: days(Number(measured.mean)) },
                  { label: 'Nine tenths within', value: days(Number(measured.p90)) },
                ]}
              />
            )}
            <Card
              title="How the days are spread"
              aside={
                <span className="flex items-center gap-2">
                  <Choice
                    label="Step"
                    options={STEPS.map((value) => {
                      const [first = 1, second = 2] = value.split('-').map(Number)
                      return { value, label: `${label(first)} → ${label(second)}` }
                    })}
                    value={step}
                    onChange={(chosen) => set({ step: chosen === '1-2' ? undefined : chosen })}
                  />
                  <CsvLink href={csvAddress('velocity-distribution', asked.query)} />
                </span>
              }
              about={<About report={report} what="Days between the two stages; beneath: the share done by then" />}
            >
              {rows.length === 0 ? (
                <Empty title="No journey took this step in these days">Choose a longer period.</Empty>
              ) : (
                <Distribution
                  label={`Days from ${label(from)} to ${label(to)}`}
                  spans={rows.map((row) => ({
                    name: String(row.span),
                    value: count(Number(row.journeys)),
                    share: Number(row.share),
                    within: ratio(Number(row.cumulative)),
                    target: stepTarget(asked, to, [
                      ...(row.fromDays === null ? [] : [`days-${step}>=:${row.fromDays}`]),
                      ...(row.toDays === null ? [] : [`days-${step}<=:${row.toDays}`]),
                      ...(row.fromDays === null ? [`days-${step}<=:-1`] : []),
                    ]),
                  }))}
                />
              )}
            </Card>
          </>
        )
      }}
    </Loaded>
  )
}

/** Journeys that reached the later stage; in the period view also beyond stage 3, where the funnel counts opportunities. */
function stepTarget(
  { period, view, without, where: given = [] }: Asked,
  stage: number,
  days: readonly string[] = [],
): Target {
  const where = [...given, ...days]
  return journeysTarget({
    ...(period.from || period.to ? period : { range: 'all' as const }),
    ...(view === 'period' && { view }),
    stage,
    fallbacks: without ? 'without' : 'with',
    ...(where.length > 0 && { where }),
  })
}

const ofStep = (report: Report, from: number, to: number): Report['rows'] =>
  report.rows.filter((row) => row.fromStage === from && row.stage === to)
