import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { csvAddress, type Report, type Row, reportQuery } from '../client.ts'
import { count, counted, day, withDays } from '../format.ts'
import { About } from '../ui/about.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { CsvLink, PageHead } from '../ui/controls.tsx'
import { Pager } from '../ui/data-table.tsx'
import { Icon, type IconName } from '../ui/icons.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'
import { WhyLink } from '../why-panel.tsx'

const SIZE = 25

const SEVERITIES = {
  problem: ['Problems', 'Figures are wrong until these are put right.', 'bad', 'close'],
  warning: ['Warnings', 'These may mislead.', 'warn', 'alert'],
  note: ['Notes', 'Good to know.', 'plain', 'check'],
} as const satisfies Record<string, readonly [title: string, says: string, tone: Tone, icon: IconName]>

type Severity = keyof typeof SEVERITIES

/** Whether the data can be believed: every kind of oddity, whose job it is, what to do, and the records themselves. */
export function DataHealthPage() {
  useTitle('Data health')
  const { code } = useSearch({ from: '/data-health' })
  const health = useQuery(reportQuery('health', {}))
  return (
    <>
      <PageHead
        title="Data health"
        lead="What somebody should look at before the figures are believed, whose job it is, and what to do."
      >
        <CsvLink href={csvAddress('health', {})} />
      </PageHead>
      <Loaded
        query={health}
        waiting={
          <Card>
            <WaitingRows rows={7} className="h-10" />
          </Card>
        }
      >
        {(report) => {
          // On a wide screen there is room for one kind beside the list: the gravest, until another is chosen.
          const shown = code ?? String(gravest(report.rows)?.code)
          const chosen = report.rows.find((row) => row.code === shown)
          if (report.rows.length === 0)
            return (
              <Card about={<About report={report} what="all findings" />}>
                <Empty title="Nothing to do">Nothing odd was found in the data.</Empty>
              </Card>
            )
          return (
            <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
              <div className={code ? 'max-lg:hidden' : ''}>
                <Kinds report={report} chosen={shown} />
              </div>
              <div className={code ? '' : 'max-lg:hidden'}>
                <Kind key={shown} row={chosen} />
              </div>
            </div>
          )
        }}
      </Loaded>
    </>
  )
}

/** The first kind of the gravest there are. */
function gravest(rows: readonly Row[]): Row | undefined {
  for (const severity of Object.keys(SEVERITIES)) {
    const found = rows.find((row) => row.severity === severity)
    if (found) return found
  }
  return rows[0]
}

/** Every kind there is, the graver ones first. */
function Kinds({ report, chosen }: { report: Report; chosen: string }) {
  return (
    <Card about={<About report={report} what="all findings" />}>
      {(Object.keys(SEVERITIES) as Severity[]).map((severity) => {
        const rows = report.rows.filter((row) => row.severity === severity)
        const [title, says, tone, icon] = SEVERITIES[severity]
        if (rows.length === 0) return null
        return (
          <section key={severity} className="border-t border-line py-3 first:border-t-0">
            <header className="px-4 pb-1 sm:px-5">
              <h2 className="flex items-center gap-2 text-[0.95rem] font-semibold">
                <Badge tone={tone}>
                  <Icon name={icon} className="size-3" />
                </Badge>
                {title}
              </h2>
              <p className="text-xs text-muted">{says}</p>
            </header>
            <ul>
              {rows.map((row) => (
                <li key={String(row.code)}>
                  <Link
                    to="/data-health"
                    search={{ code: String(row.code) }}
                    data-row
                    aria-current={row.code === chosen}
                    className="flex items-start gap-3 px-4 py-2 -outline-offset-2 hover:bg-sunken aria-[current=true]:bg-accent-soft sm:px-5"
                  >
                    <span className="min-w-0 grow">
                      <span className="block text-sm">{row.title}</span>
                      <span className="block text-xs text-muted">{row.owner}</span>
                    </span>
                    <strong className="text-sm font-semibold">{count(Number(row.count))}</strong>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </Card>
  )
}

/** One kind: what to do, and its records. */
function Kind({ row }: { row: Row | undefined }) {
  if (!row)
    return (
      <Card>
        <Back />
        <Empty title="None left">There is nothing of this kind in the data any more.</Empty>
      </Card>
    )
  const severity = SEVERITIES[row.severity as Severity] ?? SEVERITIES.note
  const where = String(row.where ?? '').split('\n')
  const report = String(row.report)
  return (
    <Card
      title={String(row.title)}
      aside={
        report === 'findings' ? (
          <CsvLink href={csvAddress('findings', { where })} />
        ) : (
          <Link
            to="/reports/$name"
            params={{ name: report }}
            search={{ where, range: 'all' }}
            className="inline-flex items-center gap-1 text-sm font-medium text-accent-ink hover:underline"
          >
            Open the list
            <Icon name="right" className="size-3" />
          </Link>
        )
      }
    >
      <Back />
      <div className="px-4 pb-4 sm:px-5">
        <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
          <Badge tone={severity[2]}>{row.severity}</Badge>
          {counted(Number(row.count), 'record')} · usually put right by {row.owner}
        </p>
        <p className="mt-3 rounded-lg bg-accent-soft px-3 py-2.5 text-sm text-accent-ink">{row.remedy}</p>
        {report !== 'findings' && row.detail && (
          <p className="mt-3 text-sm text-muted">{withDays(String(row.detail))}</p>
        )}
      </div>
      {report === 'findings' && <Findings where={where} />}
    </Card>
  )
}

function Back() {
  return (
    <Link
      to="/data-health"
      className="mx-4 mt-3 mb-2 inline-flex items-center gap-1 text-sm text-muted hover:text-ink lg:hidden"
    >
      <Icon name="left" className="size-3" />
      All kinds
    </Link>
  )
}

/** The records that show an oddity, the latest first. */
function Findings({ where }: { where: string[] }) {
  const { page = 1 } = useSearch({ from: '/data-health' })
  const navigate = useNavigate({ from: '/data-health' })
  const findings = useQuery(reportQuery('findings', { where, offset: (page - 1) * SIZE, limit: SIZE }))
  return (
    <Loaded query={findings} waiting={<WaitingRows rows={6} className="h-9" />}>
      {({ rows, total }) => (
        <>
          <ul className="border-t border-line">
            {rows.map((row) => (
              <li key={`${row.record} ${row.fact}`} className="border-b border-line px-4 py-2.5 text-sm sm:px-5">
                <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <RecordLink row={row} />
                  <span className="text-xs text-muted">
                    {row.day && day(String(row.day))}
                    {Number(row.times) > 1 && ` · ${count(Number(row.times))} times`}
                  </span>
                </div>
                <p className="mt-0.5 text-muted">{withDays(String(row.detail))}</p>
              </li>
            ))}
          </ul>
          {total > SIZE && (
            <Pager
              page={page}
              size={SIZE}
              total={total}
              onPage={(next) =>
                void navigate({
                  search: (before) => ({ ...before, page: next > 1 ? next : undefined }) as typeof before,
                })
              }
            />
          )}
        </>
      )}
    </Loaded>
  )
}

const LINK = 'font-medium text-accent-ink hover:underline'

/** Leads to the record's page, or to why it is as it is. */
function RecordLink({ row }: { row: Row }): ReactNode {
  const record = String(row.record)
  const person = row.person === null ? undefined : String(row.person)
  if (record.startsWith('opportunity:'))
    return (
      <Link to="/opportunities/$id" params={{ id: record.slice('opportunity:'.length) }} data-row className={LINK}>
        Opportunity {record.slice('opportunity:'.length)}
      </Link>
    )
  if (person)
    return (
      <span className="flex flex-wrap items-baseline gap-x-3">
        <Link to="/people/$id" params={{ id: person }} data-row className={LINK}>
          {row.name ?? person}
        </Link>
        {record.startsWith('eng:') && (
          <WhyLink record={record} className="text-xs text-muted hover:text-ink">
            Why?
          </WhyLink>
        )}
      </span>
    )
  return <span className="font-medium break-all">{record}</span>
}
