import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import {
  csvAddress,
  type Report,
  type ReportDescription,
  reportListQuery,
  reportQuery,
  statusQuery,
} from '../client.ts'
import { count, counted } from '../format.ts'
import { askedOf, takes } from '../reports/asked.ts'
import { placeOf } from '../reports/catalogue.ts'
import { tellingColumns } from '../reports/cell.tsx'
import { ColumnChoice } from '../reports/column-choice.tsx'
import { presentationOf } from '../reports/presentations.tsx'
import { ReportChart } from '../reports/report-chart.tsx'
import { ReportControls, ReportPeriod } from '../reports/report-controls.tsx'
import { ReportTable, SIZE } from '../reports/report-table.tsx'
import type { ReportSearch } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { CsvLink, PageHead } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'

/** Rows of a report that is shown whole; the server gives no more at once. */
const MOST = 500

/** One report: what can be asked of it, its figures drawn and as a table. */
export function ReportPage() {
  const { name } = useParams({ from: '/reports/$name' })
  const list = useQuery(reportListQuery)
  return (
    <>
      <nav aria-label="Where this is" className="mb-3 text-sm">
        <Link to="/reports" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <Icon name="left" className="size-3.5" />
          Reports
        </Link>
      </nav>
      <Loaded query={list} waiting={<Waiting />}>
        {(reports) => {
          const description = reports.find((report) => report.name === name)
          return description ? (
            <Shown key={name} description={description} />
          ) : (
            <>
              <PageHead title="No such report" />
              <Empty title={`There is no report “${name}”`}>
                <Link to="/reports" className="text-accent-ink underline">
                  See the reports there are
                </Link>
              </Empty>
            </>
          )
        }}
      </Loaded>
    </>
  )
}

/** What the address asks is changed by what is clicked; a page number does not outlive another question. */
export type Change = (changed: Partial<Record<keyof ReportSearch, unknown>>) => void

function Shown({ description }: { description: ReportDescription }) {
  useTitle(description.title)
  const search = useSearch({ from: '/reports/$name' })
  const navigate = useNavigate({ from: '/reports/$name' })
  const { data: status } = useQuery(statusQuery)
  const page = search.page ?? 1
  const today = status?.asOfDay ?? null
  const report = useQuery({
    ...reportQuery(
      description.name,
      askedOf(description, search, today, page, presentationOf(description)?.whole ? MOST : SIZE),
    ),
    enabled: typeof today === 'string',
  })
  const set: Change = (changed) => {
    const next = { ...search, page: undefined, ...changed }
    void navigate({
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)),
      resetScroll: false,
    })
  }
  const own = placeOf(description.name).page
  return (
    <>
      <PageHead title={description.title} lead={description.description.replaceAll('`', '')}>
        <ReportPeriod description={description} search={search} today={today} set={set} />
      </PageHead>
      <ReportControls description={description} search={search} report={report.data} set={set} />
      {status && today === null ? (
        <Empty title="There is nothing to show yet">
          Import a CRM export with <code className="font-mono">throughline import</code>; the figures appear here.
        </Empty>
      ) : (
        <Loaded query={report} waiting={<Waiting />}>
          {(answer) => (
            <Answer
              description={description}
              report={answer}
              search={search}
              set={set}
              csv={csvAddress(description.name, askedOf(description, search, today))}
              own={own}
            />
          )}
        </Loaded>
      )}
    </>
  )
}

function Answer({
  description,
  report,
  search,
  set,
  csv,
  own,
}: {
  description: ReportDescription
  report: Report
  search: ReportSearch
  set: Change
  csv: string
  own: ReturnType<typeof placeOf>['page']
}) {
  const chosen = search.columns?.split(',')
  // The server leaves columns out where it can; elsewhere the page does.
  const columns =
    chosen && !takes(description, 'columns')
      ? chosen.flatMap((key) => report.columns.find((column) => column.key === key) ?? [])
      : tellingColumns(report)
  const presentation = presentationOf(report)
  const bySearch = (search.sort ?? report.about.parameters.sort) as string | undefined
  const descending = search.sort ? search.order !== 'ascending' : report.about.parameters.descending !== false
  if (report.rows.length === 0)
    return (
      <>
        {presentation?.always && <presentation.Shown report={report} search={search} set={set} />}
        <Card about={<About report={report} what="No rows" />}>
          <Empty title="Nothing like that">
            {search.where ? 'Take a filter away, or choose a longer period.' : 'Choose a longer period.'}
          </Empty>
        </Card>
      </>
    )
  return (
    <>
      {presentation ? (
        <presentation.Shown report={report} search={search} set={set} />
      ) : (
        <ReportChart
          report={report}
          measure={search.measure}
          onMeasure={(measure) => set({ measure, page: search.page })}
        />
      )}
      {presentation?.whole && (
        <footer className="-mt-2 flex flex-wrap items-start justify-between gap-3 px-1">
          <div>
            {report.total > report.rows.length && (
              <p className="text-sm text-warn">
                Only the first {counted(report.rows.length, 'group')} of {count(report.total)} are shown: unfold less,
                or take the file.
              </p>
            )}
            <Basis report={report} what={counted(report.total, 'group')} />
          </div>
          <CsvLink href={csv} />
        </footer>
      )}
      {!presentation?.whole && (
        <Card
          title={counted(report.total, 'row')}
          aside={
            <span className="flex flex-wrap items-center gap-2">
              {own && (
                <Link to={own} className="mr-2 text-sm text-accent-ink hover:underline">
                  This report has a page of its own
                </Link>
              )}
              {!presentation?.always && (
                <ColumnChoice
                  all={description.columns}
                  shown={columns.map(({ key }) => key)}
                  onChange={(keys) => set({ columns: keys?.join(','), page: search.page })}
                />
              )}
              <CsvLink href={csv} />
            </span>
          }
          about={<Basis report={report} what={counted(report.total, 'row')} />}
        >
          <ReportTable
            report={report}
            columns={columns}
            takes={description.takes}
            sort={bySearch}
            descending={descending}
            page={search.page ?? 1}
            onSort={(key) => set({ sort: key, order: bySearch === key && descending ? 'ascending' : undefined })}
            onPage={(to) => set({ page: to > 1 ? to : undefined })}
          />
        </Card>
      )}
    </>
  )
}

/** What the figures rest on: the question, the day, the rules, and whether every fact is in them. */
function Basis({ report, what }: { report: Report; what: string }) {
  const { data: status } = useQuery(statusQuery)
  return (
    <>
      <About report={report} what={what} />
      {status && (
        <p className="mt-0.5 text-xs text-muted">
          {status.rebuildDue
            ? 'Facts of an import are not counted yet: run “throughline rebuild”.'
            : status.lag > 0
              ? `Still taking in ${counted(status.lag, 'change')}.`
              : `Complete: every one of ${counted(status.facts, 'fact')} is taken in.`}
        </p>
      )}
    </>
  )
}

function Waiting() {
  return (
    <div className="rounded-xl border border-line bg-surface">
      <WaitingRows rows={12} className="h-6" />
    </div>
  )
}
