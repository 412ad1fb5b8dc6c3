import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { csvAddress, type ReportQuery, type Row, reportQuery, statusQuery } from '../client.ts'
import { count, counted, day, money } from '../format.ts'
import type { AccountsSearch } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { CsvLink, PageHead, Segmented } from '../ui/controls.tsx'
import { CELL, DataTable, type Head, Pager } from '../ui/data-table.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'

const SIZE = 50
const FIRST = 'wonAmount'

const HEADS: readonly Head<string>[] = [
  { key: 'title', label: 'Account', sortable: true },
  { key: 'people', label: 'People', numeric: true, sortable: true, wide: true },
  { key: 'engagements', label: 'Engagements', numeric: true, sortable: true, wide: true },
  { key: 'journeys', label: 'Journeys', numeric: true, sortable: true, wide: true },
  { key: 'openJourneys', label: 'Open', numeric: true, sortable: true, wide: true },
  { key: 'pipeline', label: 'Open pipeline', numeric: true, sortable: true },
  { key: 'wonAmount', label: 'Won amount', numeric: true, sortable: true },
  { key: 'lastEngagement', label: 'Last engagement', numeric: true, sortable: true, told: true },
]

/** What accounts can be cut down to, with the condition of the report. */
const WITH: Readonly<Record<NonNullable<AccountsSearch['with']>, readonly [label: string, condition: string]>> = {
  'open-journeys': ['Open journeys', 'open-journeys>=:1'],
  'open-opportunities': ['Open pipeline', 'open-opportunities>=:1'],
  won: ['Won', 'won>=:1'],
}

/** Accounts, to search, filter and sort, with what their people did and what came of it. */
export function AccountsPage() {
  useTitle('Accounts')
  const search = useSearch({ from: '/accounts' })
  const navigate = useNavigate({ from: '/accounts' })
  const { data: status } = useQuery(statusQuery)
  const page = search.page ?? 1
  const where = [search.q && `name~:${search.q}`, search.with && WITH[search.with][1]].filter(
    (condition): condition is string => typeof condition === 'string',
  )
  const asked: ReportQuery = {
    where,
    sort: search.sort ?? FIRST,
    descending: search.order === 'ascending' ? 'false' : 'true',
  }
  const accounts = useQuery({
    ...reportQuery('accounts', { ...asked, offset: (page - 1) * SIZE, limit: SIZE }),
    enabled: typeof status?.asOfDay === 'string',
  })
  const set = (changed: Partial<Record<keyof AccountsSearch, unknown>>, replace = false) => {
    const next = { ...search, page: undefined, ...changed }
    void navigate({
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)),
      replace,
    })
  }
  return (
    <>
      <PageHead title="Accounts" lead={accounts.data ? counted(accounts.data.total, 'account') : '\u00a0'} />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField
          label="Search accounts"
          placeholder="Name"
          value={search.q ?? ''}
          onChange={(q) => set({ q: q || undefined }, true)}
        />
        <Segmented
          label="Accounts with"
          options={{
            all: 'All',
            'open-journeys': WITH['open-journeys'][0],
            'open-opportunities': WITH['open-opportunities'][0],
            won: WITH.won[0],
          }}
          value={search.with ?? 'all'}
          onChange={(one) => set({ with: one === 'all' ? undefined : one })}
        />
        <span className="ml-auto">
          <CsvLink href={csvAddress('accounts', asked)} />
        </span>
      </div>
      <Loaded
        query={accounts}
        waiting={
          <div className="rounded-xl border border-line bg-surface">
            <WaitingRows rows={12} className="h-7" />
          </div>
        }
      >
        {(report) => (
          <Card about={<About report={report} what={counted(report.total, 'account')} />}>
            {report.rows.length === 0 ? (
              <Empty title={search.q ? `No account is called “${search.q}”` : 'No accounts like that'}>
                {where.length > 0
                  ? 'Take a filter away.'
                  : 'Import accounts, contacts or opportunities; they appear here.'}
              </Empty>
            ) : (
              <>
                <DataTable
                  caption="Accounts"
                  heads={HEADS}
                  sort={search.sort ?? FIRST}
                  descending={search.order !== 'ascending'}
                  onSort={(key) =>
                    set({
                      sort: key === FIRST ? undefined : key,
                      order: (search.sort ?? FIRST) === key && search.order !== 'ascending' ? 'ascending' : undefined,
                    })
                  }
                >
                  {report.rows.map((row) => (
                    <AccountRow key={String(row.account)} row={row} currency={report.about.currency} />
                  ))}
                </DataTable>
                <Pager
                  page={page}
                  size={SIZE}
                  total={report.total}
                  onPage={(to) => set({ page: to > 1 ? to : undefined })}
                />
              </>
            )}
          </Card>
        )}
      </Loaded>
    </>
  )
}

function AccountRow({ row, currency }: { row: Row; currency: string }) {
  const figure = (value: Row[string] | undefined) => (Number(value) === 0 ? '–' : count(Number(value)))
  const amount = (value: Row[string] | undefined) => (Number(value) === 0 ? '–' : money(Number(value), currency))
  return (
    <tr className="relative border-b border-line last:border-0 focus-within:bg-sunken hover:bg-sunken">
      <th scope="row" className={`${CELL} max-w-36 text-left font-normal sm:max-w-64`}>
        <Link
          data-row
          to="/accounts/$id"
          params={{ id: String(row.account) }}
          className="block truncate font-medium -outline-offset-2 after:absolute after:inset-0 hover:text-accent-ink"
        >
          {row.title}
        </Link>
        <span className="block truncate text-xs text-muted">
          {[row.industry, row.owner === '(none)' ? null : row.owner].filter(Boolean).join(' · ') || '\u00a0'}
        </span>
      </th>
      <td className={`${CELL} text-right max-md:hidden`}>{figure(row.people)}</td>
      <td className={`${CELL} text-right max-md:hidden`}>{figure(row.engagements)}</td>
      <td className={`${CELL} text-right max-md:hidden`}>{figure(row.journeys)}</td>
      <td className={`${CELL} text-right max-md:hidden`}>{figure(row.openJourneys)}</td>
      <td className={`${CELL} text-right whitespace-nowrap`}>
        {amount(row.pipeline)}
        {Number(row.openOpportunities) > 0 && (
          <span className="block text-xs text-muted">{count(Number(row.openOpportunities))} open</span>
        )}
      </td>
      <td className={`${CELL} text-right whitespace-nowrap`}>
        {amount(row.wonAmount)}
        {Number(row.won) > 0 && <span className="block text-xs text-muted">{count(Number(row.won))} won</span>}
      </td>
      <td className={`${CELL} text-right whitespace-nowrap max-sm:hidden`}>
        {row.lastEngagement ? day(String(row.lastEngagement)) : '–'}
      </td>
    </tr>
  )
}
