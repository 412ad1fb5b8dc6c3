import { Link } from '@tanstack/react-router'
import type { Report, Row } from '../client.ts'
import { count, days, money, ratio, roundMoney } from '../format.ts'
import { Card } from '../ui/card.tsx'
import { drillOf } from './drills.ts'

const BEGINNINGS: Readonly<Record<string, Readonly<{ title: string; tone: string }>>> = {
  original: { title: 'New people', tone: 'bg-stage-2' },
  reactivated: { title: 'People who came back', tone: 'bg-stage-5' },
  fallback: { title: 'Opportunity Creation', tone: 'bg-line-strong' },
}

/** What is held against each other, and which way is better. */
const LINES: readonly Readonly<{ key: string; label: string; better?: 'more' | 'less' }>[] = [
  { key: 'activations', label: 'Activations' },
  { key: 'conversion', label: 'Reached an opportunity', better: 'more' },
  { key: 'winRate', label: 'Won', better: 'more' },
  { key: 'daysToRouted', label: 'Median days to stage 2', better: 'less' },
  { key: 'daysToOpportunity', label: 'Median days to an opportunity', better: 'less' },
  { key: 'daysToWon', label: 'Median days to won', better: 'less' },
  { key: 'daysAway', label: 'Median days away before' },
  { key: 'wonAmount', label: 'Won amount', better: 'more' },
]

/** Those who came back beside those who were new, measure by measure. */
export function Reactivations({ report }: { report: Report }) {
  const splits = [...new Set(report.rows.map(({ split }) => String(split)))]
  if (splits.length !== 1) return null
  const sides = Object.keys(BEGINNINGS).flatMap((beginning) =>
    report.rows.filter((row) => row.beginning === beginning && (row.activationType ?? '(all)') === '(all)'),
  )
  return (
    <Card title="Side by side" className="mb-5">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard */}
      <section aria-label="Side by side" tabIndex={0} className="overflow-x-auto px-4 pb-3 sm:px-5">
        <table className="w-full border-separate border-spacing-x-4 border-spacing-y-0 text-sm max-sm:border-spacing-x-2">
          <caption className="sr-only">People who came back beside new people</caption>
          <thead>
            <tr>
              <td />
              {sides.map((row) => {
                const { title, tone } = BEGINNINGS[String(row.beginning)] ?? { title: String(row.beginning), tone: '' }
                return (
                  <th key={title} scope="col" className="min-w-28 pb-2 text-left font-medium">
                    <span className="flex items-center gap-1.5">
                      <span className={`size-2.5 shrink-0 rounded-sm ${tone}`} aria-hidden="true" />
                      {title}
                    </span>
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {LINES.map(({ key, label, better }) => {
              const most = Math.max(Number.EPSILON, ...sides.map((row) => Number(row[key] ?? 0)))
              const best = better && bestOf(sides, key, better)
              return (
                <tr key={key}>
                  <th
                    scope="row"
                    className="w-52 border-t border-line py-2.5 text-left align-top font-normal text-muted"
                  >
                    {label}
                  </th>
                  {sides.map((row) => (
                    <td key={String(row.beginning)} className="border-t border-line py-2.5 align-top">
                      <Value report={report} row={row} measure={key} best={row === best} />
                      <span className="mt-1 block h-1.5 rounded-full bg-sunken" aria-hidden="true">
                        <span
                          className={`block h-1.5 rounded-full ${BEGINNINGS[String(row.beginning)]?.tone}`}
                          style={{
                            width: `${row[key] === null ? 0 : Math.max(0.6, (Number(row[key]) / most) * 100)}%`,
                          }}
                        />
                      </span>
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </Card>
  )
}

/** The better of new and returned people; fallbacks convert by construction and compete with nobody. [U6] */
function bestOf(sides: readonly Row[], key: string, better: 'more' | 'less'): Row | undefined {
  const known = sides.filter((row) => row.beginning !== 'fallback' && row[key] !== null && row[key] !== undefined)
  if (known.length < 2) return undefined
  const [first, second] = known.toSorted((a, b) => Number(a[key]) - Number(b[key]))
  if (Number(first?.[key]) === Number(second?.[key])) return undefined
  return better === 'less' ? first : second
}

function Value({ report, row, measure, best }: { report: Report; row: Row; measure: string; best: boolean }) {
  const column = report.columns.find(({ key }) => key === measure)
  const value = row[measure]
  if (!column || value === null || value === undefined) return <span className="text-muted">–</span>
  const number = Number(value)
  const { currency } = report.about
  const text =
    column.type === 'ratio'
      ? ratio(number)
      : column.type === 'days'
        ? days(number)
        : column.type === 'money'
          ? roundMoney(number, currency)
          : count(number)
  // A rate leads to those who got there.
  const counted = { conversion: 'converted', winRate: 'won' }[measure] ?? measure
  const target = number === 0 ? undefined : drillOf(report, row, { ...column, key: counted })
  const look = `font-semibold ${best ? 'text-good' : ''}`
  const title = column.type === 'money' ? money(number, currency) : undefined
  return (
    <>
      {target ? (
        <Link {...target} className={`${look} hover:underline`} title={title}>
          {text}
        </Link>
      ) : (
        <span className={look} title={title}>
          {text}
        </span>
      )}
      {best && <span className="sr-only"> (better)</span>}
    </>
  )
}
