import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReportDescription, reportListQuery } from '../client.ts'
import { counted } from '../format.ts'
import { GROUPS, placeOf } from '../reports/catalogue.ts'
import { PageHead, QUIET } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'

/** Every question that has an answer here. */
export function ReportsPage() {
  useTitle('Reports')
  const { q = '' } = useSearch({ from: '/reports' })
  const navigate = useNavigate({ from: '/reports' })
  const list = useQuery(reportListQuery)
  return (
    <>
      <PageHead title="Reports" lead={list.data ? counted(list.data.length, 'report') : '\u00a0'}>
        <label className="relative block w-full sm:w-72">
          <span className="sr-only">Search reports</span>
          <Icon name="search" className="pointer-events-none absolute top-2.5 left-2.5 text-muted" />
          <input
            type="search"
            value={q}
            onChange={({ target }) => void navigate({ search: target.value ? { q: target.value } : {}, replace: true })}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              // Browsers empty a search field on Escape; here it leads on to what was found.
              event.preventDefault()
              event.currentTarget.blur()
            }}
            placeholder="A question, or a column"
            autoComplete="off"
            spellCheck={false}
            className="h-9 w-full rounded-lg border border-line-strong bg-surface pr-8 pl-9 text-sm placeholder:text-muted"
          />
          <span className="pointer-events-none absolute top-2 right-2.5 text-sm text-muted" aria-hidden="true">
            /
          </span>
        </label>
      </PageHead>
      <Loaded query={list} waiting={<Waiting />}>
        {(reports) => {
          const found = reports.filter((report) => matches(report, q))
          const builder = reports.some(({ name }) => name === 'engagements')
          return (
            <>
              {builder && q === '' && <Builder />}
              {found.length === 0 ? (
                <Empty title={`No report speaks of “${q}”`}>Search for another word of the question.</Empty>
              ) : (
                GROUPS.map((group) => (
                  <Group
                    key={group}
                    title={group}
                    reports={found.filter(({ name }) => placeOf(name).group === group)}
                  />
                ))
              )}
            </>
          )
        }}
      </Loaded>
    </>
  )
}

/** Whether every word stands in what the report says of itself. */
function matches({ name, title, description, columns }: ReportDescription, q: string): boolean {
  const text = [name, title, description, ...columns.map(({ label }) => label)].join(' ').toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function Builder() {
  return (
    <section
      aria-label="Your own report"
      className="mb-7 flex flex-wrap items-center gap-x-6 gap-y-3 rounded-xl border border-line bg-accent-soft px-4 py-4 sm:px-5"
    >
      <div className="min-w-0 grow">
        <h2 className="text-[0.95rem] font-semibold text-accent-ink">Your own report</h2>
        <p className="text-sm text-accent-ink">
          Any columns of engagement, person, account and opportunity; the address keeps the whole of it.
        </p>
      </div>
      <Link to="/reports/$name" params={{ name: 'engagements' }} className={QUIET}>
        Build one
        <Icon name="right" className="size-3" />
      </Link>
    </section>
  )
}

function Group({ title, reports }: { title: string; reports: readonly ReportDescription[] }) {
  if (reports.length === 0) return null
  return (
    <section aria-label={title} className="mb-7">
      <h2 className="mb-2 px-1 text-xs font-medium text-muted">{title}</h2>
      <ul className="grid overflow-hidden rounded-xl border border-line bg-line shadow-card max-md:gap-px md:grid-cols-2 md:gap-px">
        {reports.map((report) => (
          <li key={report.name} className="bg-surface md:last:odd:col-span-2">
            <Link
              data-row
              to="/reports/$name"
              params={{ name: report.name }}
              className="group flex h-full items-start gap-3 px-4 py-3.5 -outline-offset-2 hover:bg-sunken sm:px-5"
            >
              <span className="mt-0.5 grid size-7 shrink-0 place-items-center rounded-lg bg-sunken text-muted group-hover:bg-accent-soft group-hover:text-accent-ink">
                <Icon name={placeOf(report.name).icon} />
              </span>
              <span className="min-w-0">
                <span className="block font-medium group-hover:text-accent-ink">{report.title}</span>
                <span className="block text-sm text-muted">{report.description.replaceAll('`', '')}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Waiting() {
  return (
    <div className="rounded-xl border border-line bg-surface">
      <WaitingRows rows={8} className="h-12" />
    </div>
  )
}
