import { scaleBand, scaleLinear } from 'd3-scale'
import { count, month as monthText, shortMonth } from '../format.ts'
import { monthsBetween } from '../period.ts'
import { useWidth } from './use-width.ts'

const HEIGHT = 150
const MARGIN = { top: 8, right: 14, bottom: 22, left: 30 }

type Month = Readonly<{ month: string; activations: number; influencing: number }>

/** Engagements by month as stacked bars: activations below, influencing ones above. A table says the same. */
export function EngagementMonths({ months, until }: { months: readonly Month[]; until: string }) {
  const [frame, width] = useWidth<HTMLDivElement>()
  const known = new Map(months.map((one) => [one.month, one]))
  const all = monthsBetween(months[0]?.month ?? until.slice(0, 7), until.slice(0, 7)).map(
    (month) => known.get(month) ?? { month, activations: 0, influencing: 0 },
  )
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }
  const x = scaleBand<string>()
    .domain(all.map(({ month }) => month))
    .range([0, inner.width])
    .paddingInner(0.3)
    .paddingOuter(0.1)
  const most = Math.max(1, ...all.map((one) => one.activations + one.influencing))
  const y = scaleLinear().domain([0, most]).nice(3).range([inner.height, 0])
  const ticks = y.ticks(3).filter(Number.isInteger)
  const every = Math.max(1, Math.ceil(all.length / Math.max(1, Math.floor(inner.width / 44))))
  return (
    <div ref={frame} className="relative">
      {width > 0 && (
        <svg width={width} height={HEIGHT} className="block" aria-hidden="true">
          <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
            {ticks.map((tick) => (
              <g key={tick} transform={`translate(0 ${y(tick)})`}>
                <line x2={inner.width} className="stroke-line" />
                <text x={-8} dy="0.32em" textAnchor="end" className="fill-muted text-[11px]">
                  {count(tick)}
                </text>
              </g>
            ))}
            {all.map(({ month, activations, influencing }, index) => {
              const left = x(month) ?? 0
              const width = Math.min(x.bandwidth(), 28)
              const at = left + (x.bandwidth() - width) / 2
              return (
                <g key={month}>
                  <title>{`${monthText(month)}: ${activations} activations, ${influencing} influencing`}</title>
                  <rect x={left} y={0} width={x.bandwidth()} height={inner.height} fill="transparent" />
                  <rect
                    x={at}
                    y={y(activations)}
                    width={width}
                    height={inner.height - y(activations)}
                    className="fill-stage-5"
                  />
                  <rect
                    x={at}
                    y={y(activations + influencing)}
                    width={width}
                    height={y(activations) - y(activations + influencing)}
                    className="fill-stage-1"
                  />
                  {(all.length - 1 - index) % every === 0 && (
                    <text
                      x={left + x.bandwidth() / 2}
                      y={inner.height + 15}
                      textAnchor="middle"
                      className="fill-muted text-[11px]"
                    >
                      {shortMonth(month)}
                      {month.endsWith('-01') ? ` ’${month.slice(2, 4)}` : ''}
                    </text>
                  )}
                </g>
              )
            })}
          </g>
        </svg>
      )}
      <div className="sr-only">
        <table>
          <caption>Engagements by month</caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">Activations</th>
              <th scope="col">Influencing engagements</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, activations, influencing }) => (
              <tr key={month}>
                <th scope="row">{monthText(month)}</th>
                <td>{activations}</td>
                <td>{influencing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
