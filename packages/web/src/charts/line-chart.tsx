import { useLinkProps } from '@tanstack/react-router'
import { scaleLinear, scalePoint } from 'd3-scale'
import { area, line } from 'd3-shape'
import { month as monthText, shortMonth } from '../format.ts'
import type { Target } from '../reports/drills.ts'
import { useWidth } from './use-width.ts'

const HEIGHT = 220
const MARGIN = { top: 16, right: 14, bottom: 24, left: 56 }

/** A month's figure; `partial` where only a part of the month counts, null where there is none. */
export type MonthPoint = Readonly<{
  month: string
  value: number | null
  text: string
  partial: boolean
  target?: Target | undefined
}>

/** Months as a line. Each point leads to what it counts. */
export function LineChart({
  points,
  label,
  format,
}: {
  points: readonly MonthPoint[]
  label: string
  format: (value: number) => string
}) {
  const [frame, width] = useWidth<HTMLDivElement>()
  const inner = { width: Math.max(0, width - MARGIN.left - MARGIN.right), height: HEIGHT - MARGIN.top - MARGIN.bottom }
  const x = scalePoint<string>()
    .domain(points.map(({ month }) => month))
    .range([0, inner.width])
  const y = scaleLinear()
    .domain([0, Math.max(Number.EPSILON, ...points.map(({ value }) => value ?? 0))])
    .nice(4)
    .range([inner.height, 0])
  const place = (point: MonthPoint) => [x(point.month) ?? 0, y(point.value ?? 0)] as const
  const shape = line<MonthPoint>(
    (point) => place(point)[0],
    (point) => place(point)[1],
  ).defined(({ value }) => value !== null)
  const ground = area<MonthPoint>()
    .x((point) => place(point)[0])
    .y0(inner.height)
    .y1((point) => place(point)[1])
    .defined(({ value }) => value !== null)
  const whole = points.filter(({ partial }) => !partial)
  const ends = [points[0]?.partial ? points.slice(0, 2) : [], points.at(-1)?.partial ? points.slice(-2) : []]
  const step = points.length > 1 ? inner.width / (points.length - 1) : inner.width
  const every = Math.max(1, Math.ceil(points.length / Math.max(1, Math.floor(inner.width / 48))))
  return (
    <div ref={frame} className="px-2 pb-2 sm:px-4">
      {width > 0 && (
        <svg width={width} height={HEIGHT} className="block overflow-visible">
          <title>{label}, month by month</title>
          <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
            {y.ticks(4).map((tick) => (
              <g key={tick} transform={`translate(0 ${y(tick)})`}>
                <line x2={inner.width} className="stroke-line" />
                <text x={-10} dy="0.32em" textAnchor="end" className="fill-muted text-[11px]">
                  {format(tick)}
                </text>
              </g>
            ))}
            <path d={ground(whole) ?? undefined} className="fill-bar" opacity={0.35} />
            <path
              d={shape(whole) ?? undefined}
              fill="none"
              className="stroke-stage-5"
              strokeWidth={2}
              strokeLinejoin="round"
            />
            {ends.map((pair, end) => (
              <path
                // biome-ignore lint/suspicious/noArrayIndexKey: the first and the last
                key={end}
                d={shape(pair) ?? undefined}
                fill="none"
                className="stroke-stage-5"
                strokeWidth={2}
                strokeDasharray="3 4"
              />
            ))}
            {points.map((point, index) => {
              const [left, top] = place(point)
              const name = `${monthText(point.month)}: ${point.text} ${label}${point.partial ? ', not the whole month' : ''}`
              const anchor = index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle'
              return (
                <Mark key={point.month} name={name} target={point.target}>
                  <rect x={left - step / 2} y={-MARGIN.top} width={step} height={HEIGHT} fill="transparent" />
                  {point.value !== null && (
                    <>
                      <circle
                        cx={left}
                        cy={top}
                        r={3}
                        className="fill-surface stroke-stage-5 transition-[r] group-hover:fill-accent group-focus-visible:fill-accent"
                        strokeWidth={2}
                      />
                      <text
                        x={left}
                        y={top - 9}
                        textAnchor={anchor}
                        className="fill-ink text-[11px] font-medium opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
                      >
                        {point.text}
                      </text>
                    </>
                  )}
                  {(points.length - 1 - index) % every === 0 && (
                    <text x={left} y={inner.height + 18} textAnchor="middle" className="fill-muted text-[11px]">
                      {shortMonth(point.month)}
                      {point.month.endsWith('-01') || index === 0 ? ` ’${point.month.slice(2, 4)}` : ''}
                    </text>
                  )}
                </Mark>
              )
            })}
          </g>
        </svg>
      )}
    </div>
  )
}

function Mark({ name, target, children }: { name: string; target: Target | undefined; children: React.ReactNode }) {
  const { href, onClick } = useLinkProps(target ?? { to: '/journeys' })
  if (!target)
    return (
      <g className="group">
        <title>{name}</title>
        {children}
      </g>
    )
  return (
    <a href={href} onClick={onClick} aria-label={name} className="group outline-offset-0">
      {children}
    </a>
  )
}
