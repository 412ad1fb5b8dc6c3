import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { parseAmount } from '@throughline/core'
import { csvAddress, type ReportQuery, type Row, reportQuery, statusQuery, usersQuery } from '../client.ts'
import { count, counted, day, money, period as periodText } from '../format.ts'
import { periodOf } from '../period.ts'
import type { OpportunitiesSearch } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Chip } from '../ui/chip.tsx'
import { Check, Choice, CsvLink, PageHead, Segmented } from '../ui/controls.tsx'
import { CELL, DataTable, type Head, Pager } from '../ui/data-table.tsx'
import { PeriodPicker } from '../ui/period-picker.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'
import { WhyLink } from '../why-panel.tsx'
import { ownName } from './opportunity-parts.tsx'

const FALLBACK = 'all'
const SIZE = 50
const FIRST = 'created'

const HEADS: readonly Head<string>[] = [
  { key: 'title', label: 'Opportunity', sortable: true },
  { key: 'accountName', label: 'Account', sortable: true, wide: true },
  { key: 'state', label: 'State', sortable: true },
  { key: 'amount', label: 'Amount', numeric: true, sortable: true },
  { key: 'medium', label: 'Credited to', sortable: true, wide: true },
  { key: 'owner', label: 'Owner', sortable: true, wide: true },
  { key: 'contactRoles', label: 'Roles', numeric: true, sortable: true, wide: true },
  { key: 'created', label: 'Created', numeric: true, sortable: true, told: true },
  { key: 'closeDate', label: 'Close date', numeric: true, sortable: true, wide: true },
]

/** Opportunities, to search, filter and sort, whether or not a journey led to them. */
export function OpportunitiesPage() {
  useTitle('Opportunities')
  const search = useSearch({ from: '/opportunities' })
  const navigate = useNavigate({ from: '/opportunities' })
  const { data: status } = useQuery(statusQuery)
  const users = useQuery(usersQuery)
  const period = periodOf(search, status?.asOfDay ?? null, FALLBACK)
  const asked: ReportQuery = {
    ...period,
    where: conditionsOf(search),
    sort: search.sort ?? FIRST,
    descending: search.order === 'ascending' ? 'false' : 'true',
  }
  const page = search.page ?? 1
  const opportunities = useQuery({
    ...reportQuery('opportunities', { ...asked, offset: (page - 1) * SIZE, limit: SIZE }),
    enabled: typeof status?.asOfDay === 'string',
  })
  const set = (changed: Partial<Record<keyof OpportunitiesSearch, unknown>>, replace = false) => {
    const next = { ...search, page: undefined, ...changed }
    void navigate({
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)),
      replace,
    })
  }
  const filtered = conditionsOf(search).length > 0 || period.from !== undefined || period.to !== undefined
  return (
    <>
      <PageHead
        title="Opportunities"
        lead={
          opportunities.data
            ? `${counted(opportunities.data.total, 'opportunity', 'opportunities')}${period.from || period.to ? ` created ${periodText(period.from, period.to)}` : ''}`
            : '\u00a0'
        }
      >
        <PeriodPicker
          search={search}
          period={period}
          fallback={FALLBACK}
          onChange={({ range, from, to }) => set({ range, from, to })}
        />
      </PageHead>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField
          label="Search opportunities"
          placeholder="Name"
          value={search.q ?? ''}
          onChange={(q) => set({ q: q || undefined }, true)}
        />
        <Segmented
          label="State"
          options={{ all: 'All', open: 'Open', won: 'Won', lost: 'Lost' }}
          value={search.state ?? 'all'}
          onChange={(state) => set({ state: state === 'all' ? undefined : state })}
        />
        <Choice
          label="Owner"
          options={[
            { value: '', label: 'Any owner' },
            ...(users.data ?? []).map(({ name, queue }) => {
              const said = queue ? `Queue: ${name}` : name
              return { value: said, label: said }
            }),
          ]}
          value={search.owner ?? ''}
          onChange={(owner) => set({ owner: owner || undefined })}
        />
        <Choice
          label="Credited"
          options={[
            { value: '', label: 'Credited to anything' },
            { value: 'no', label: 'To a journey' },
            { value: 'yes', label: 'To a fallback' },
          ]}
          value={search.fallback ?? ''}
          onChange={(fallback) => set({ fallback: fallback || undefined })}
        />
        <Check checked={search.roles === 'none'} onChange={(none) => set({ roles: none ? 'none' : undefined })}>
          Without contact roles
        </Check>
        {search.account && (
          <Chip name="account" onRemove={() => set({ account: undefined })}>
            Account {String(opportunities.data?.rows[0]?.accountName ?? search.account)}
          </Chip>
        )}
        <span className="ml-auto">
          <CsvLink href={csvAddress('opportunities', asked)} />
        </span>
      </div>
      <Loaded
        query={opportunities}
        waiting={
          <div className="rounded-xl border border-line bg-surface">
            <WaitingRows rows={12} className="h-7" />
          </div>
        }
      >
        {(report) => (
          <Card about={<About report={report} what={counted(report.total, 'opportunity', 'opportunities')} />}>
            {report.rows.length === 0 ? (
              <Empty title={search.q ? `No opportunity is called “${search.q}”` : 'No opportunities like that'}>
                {filtered
                  ? 'Take a filter away, or choose a longer period.'
                  : 'Import opportunities; they appear here.'}
              </Empty>
            ) : (
              <>
                <DataTable
                  caption="Opportunities"
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
                    <OpportunityRow key={String(row.opportunity)} row={row} currency={report.about.currency} />
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

/** What is chosen on the page, as conditions of the report. */
function conditionsOf({ q, state, owner, account, fallback, roles }: OpportunitiesSearch): string[] {
  return [
    q && `name~:${q}`,
    state && `state:${state}`,
    owner && `owner:${owner}`,
    account && `account:${account}`,
    fallback && `fallback:${fallback}`,
    roles && 'contact-roles:0',
  ].filter((condition): condition is string => typeof condition === 'string')
}

const STATES = { open: ['accent', 'Open'], won: ['good', 'Won'], lost: ['bad', 'Lost'] } as const

function OpportunityRow({ row, currency }: { row: Row; currency: string }) {
  const id = String(row.opportunity)
  const [tone, label] = STATES[row.state as keyof typeof STATES] ?? STATES.open
  const ownCurrency = String(row.currency ?? currency)
  const name = ownName({
    name: String(row.title),
    account: row.accountName ? { id: String(row.account), name: String(row.accountName) } : null,
  })
  const own = typeof row.ownAmount === 'string' ? (parseAmount(row.ownAmount, ownCurrency) ?? null) : null
  return (
    <tr className="relative border-b border-line last:border-0 focus-within:bg-sunken hover:bg-sunken">
      <th scope="row" className={`${CELL} max-w-44 text-left font-normal sm:max-w-44`}>
        <Link
          data-row
          to="/opportunities/$id"
          params={{ id }}
          title={String(row.title)}
          className="block truncate font-medium -outline-offset-2 after:absolute after:inset-0 hover:text-accent-ink"
        >
          {name}
        </Link>
        <span className="block truncate text-xs text-muted">
          <span className="md:hidden">{row.accountName ?? row.account ?? 'no account'}</span>
          <span className="max-md:hidden">{row.stage}</span>
        </span>
      </th>
      <td className={`${CELL} max-w-44 max-md:hidden`}>
        {row.account ? (
          <Link
            to="/accounts/$id"
            params={{ id: String(row.account) }}
            className="relative z-1 -my-0.5 inline-block max-w-full truncate py-0.5 align-middle hover:text-accent-ink hover:underline"
          >
            {row.accountName ?? row.account}
          </Link>
        ) : (
          '–'
        )}
      </td>
      <td className={CELL}>
        <WhyLink
          record={`opportunity:${id}#stage-6`}
          label={`${label}: why`}
          className="relative z-1 -my-0.5 inline-block py-0.5"
        >
          <Badge tone={tone}>{label}</Badge>
        </WhyLink>
      </td>
      <td className={`${CELL} text-right whitespace-nowrap`}>
        {own !== null ? money(own, ownCurrency) : row.amount === null ? '–' : money(Number(row.amount), currency)}
        {own !== null && ownCurrency !== currency && (
          <span className="block text-xs text-muted">
            {row.amount === null ? 'no rate' : money(Number(row.amount), currency)}
          </span>
        )}
      </td>
      <td className={`${CELL} max-md:hidden`}>
        {row.activation ? (
          <WhyLink
            record={`opportunity:${id}#attribution-activation`}
            label={`Credited to ${row.medium ?? 'no medium'}: why`}
            className="relative z-1 block hover:text-accent-ink"
          >
            <span className="block max-w-44 truncate">{row.medium ?? 'No medium'}</span>
            <span className="block max-w-44 truncate text-xs text-muted">
              {row.fallback === 'yes' ? 'stands in: no contact role' : row.source}
            </span>
          </WhyLink>
        ) : (
          <WhyLink
            record={`opportunity:${id}#attribution-activation`}
            label="Credited to nothing: why not"
            className="relative z-1 text-muted hover:text-accent-ink"
          >
            nothing yet
          </WhyLink>
        )}
      </td>
      <td className={`${CELL} whitespace-nowrap max-md:hidden`}>{row.owner ?? '–'}</td>
      <td className={`${CELL} text-right max-md:hidden ${row.contactRoles === 0 ? 'text-warn' : ''}`}>
        {count(Number(row.contactRoles))}
      </td>
      <td className={`${CELL} text-right whitespace-nowrap max-sm:hidden`}>
        {row.created ? day(String(row.created)) : '–'}
      </td>
      <td className={`${CELL} text-right whitespace-nowrap max-md:hidden`}>
        {row.closeDate ? day(String(row.closeDate)) : '–'}
      </td>
    </tr>
  )
}
