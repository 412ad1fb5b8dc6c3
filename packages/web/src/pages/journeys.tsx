import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { csvAddress, type ReportQuery, type Row, reportListQuery, reportQuery, statusQuery } from '../client.ts'
import { counted, day, money, period as periodText } from '../format.ts'
import { periodOf } from '../period.ts'
import { FilterBar } from '../reports/filter-bar.tsx'
import { DIMENSIONS, type JourneysSearch } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Badge, outcomeTone } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Chip } from '../ui/chip.tsx'
import { Choice, CsvLink, PageHead } from '../ui/controls.tsx'
import { CELL, DataTable, Pager } from '../ui/data-table.tsx'
import { PeriodPicker } from '../ui/period-picker.tsx'
import { StageDots } from '../ui/stage-dots.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'

const FALLBACK = '12m'
const SIZE = 50

/** The journeys behind a figure. */
export function JourneysPage() {
  useTitle('Journeys')
  const search = useSearch({ from: '/journeys' })
  const navigate = useNavigate({ from: '/journeys' })
  const { data: status } = useQuery(statusQuery)
  const period = periodOf(search, status?.asOfDay ?? null, FALLBACK)
  const asked: ReportQuery = {
    ...period,
    ...(search.view && { view: search.view }),
    ...(search.by && search.option !== undefined && { by: search.by, option: search.option }),
    ...(search.stage && { stage: search.stage }),
    ...(search.state && { state: search.state }),
    ...(search.outcome && { outcome: search.outcome }),
    ...(search.where && { where: search.where }),
    ...(search.fallbacks && { withoutFallbacks: search.fallbacks === 'without' ? 'true' : 'false' }),
    sort: search.sort ?? 'began',
    descending: search.order === 'ascending' ? 'false' : 'true',
  }
  const page = search.page ?? 1
  const { data: reports } = useQuery(reportListQuery)
  const journeys = useQuery({
    ...reportQuery('journeys', { ...asked, offset: (page - 1) * SIZE, limit: SIZE }),
    enabled: typeof status?.asOfDay === 'string',
  })
  const set = (changed: Partial<Record<keyof JourneysSearch, unknown>>) => {
    const next = { ...search, page: undefined, ...changed }
    void navigate({ search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) })
  }
  const stageLabel = search.stage ? (status?.stageLabels[search.stage - 1] ?? `stage ${search.stage}`) : undefined
  return (
    <>
      <PageHead title="Journeys" lead={sentence(search, stageLabel, periodText(period.from, period.to))}>
        <PeriodPicker
          search={search}
          period={period}
          fallback={FALLBACK}
          onChange={({ range, from, to }) => set({ range, from, to })}
        />
      </PageHead>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Choice
          label="Reached stage"
          showLabel
          options={[
            { value: '', label: 'Any stage' },
            ...(status?.stageLabels ?? []).map((label, index) => ({
              value: String(index + 1),
              label: `${index + 1} ${label}`,
            })),
          ]}
          value={search.stage ? String(search.stage) : ''}
          onChange={(stage) => set({ stage: stage ? Number(stage) : undefined, ...(!stage && { view: undefined }) })}
        />
        <Choice
          label="State"
          options={[
            { value: '', label: 'Open and complete' },
            { value: 'open', label: 'Open' },
            { value: 'complete', label: 'Complete' },
            { value: 'dormant-soon', label: 'Dormant soon' },
          ]}
          value={search.state ?? ''}
          onChange={(state) => set({ state: state || undefined })}
        />
        {search.by && search.option !== undefined && (
          <Chip onRemove={() => set({ by: undefined, option: undefined })}>
            {DIMENSIONS[search.by]}: {search.option}
          </Chip>
        )}
        {search.outcome && <Chip onRemove={() => set({ outcome: undefined })}>Outcome: {search.outcome}</Chip>}
        {search.view === 'period' && search.stage && (
          <Chip onRemove={() => set({ view: undefined })}>Reached in the period</Chip>
        )}
        {search.fallbacks && (
          <Chip onRemove={() => set({ fallbacks: undefined })}>
            {search.fallbacks === 'without' ? 'Without' : 'With'} Opportunity Creation
          </Chip>
        )}
        <FilterBar
          fields={reports?.find(({ name }) => name === 'journeys')?.filters ?? []}
          where={search.where}
          currency={status?.currency ?? 'USD'}
          onChange={(where) => set({ where })}
        />
        <span className="ml-auto">
          <CsvLink href={csvAddress('journeys', asked)} />
        </span>
      </div>
      {search.view === 'period' && (search.stage ?? 1) > 3 && (
        <p className="mb-4 max-w-[80ch] text-sm text-muted">
          A journey that several opportunities are credited to stands here once, with its primary opportunity.
        </p>
      )}
      <Loaded query={journeys} waiting={<WaitingList />}>
        {(report) => (
          <Card about={<About report={report} what={counted(report.total, 'journey')} />}>
            {report.rows.length === 0 ? (
              <Empty title="No journeys like that">Take a filter away, or choose a longer period.</Empty>
            ) : (
              <>
                <DataTable
                  caption="Journeys"
                  heads={[
                    { key: 'name', label: 'Person' },
                    { key: 'began', label: 'Began', sortable: true, told: true },
                    { key: 'activationType', label: 'Activation type', wide: true },
                    { key: 'medium', label: 'Source', sortable: true, wide: true },
                    { key: 'stage', label: 'Stage', sortable: true },
                    { key: 'owner', label: 'Owner', sortable: true, wide: true },
                    { key: 'outcome', label: 'Outcome', sortable: true },
                    { key: 'amount', label: 'Amount', numeric: true, sortable: true, wide: true },
                  ]}
                  sort={search.sort ?? 'began'}
                  descending={search.order !== 'ascending'}
                  onSort={(key) =>
                    set({
                      sort: key === 'began' ? undefined : key,
                      order: (search.sort ?? 'began') === key && search.order !== 'ascending' ? 'ascending' : undefined,
                    })
                  }
                >
                  {report.rows.map((row) => (
                    <JourneyRow
                      key={String(row.journey)}
                      row={row}
                      currency={report.about.currency}
                      labels={status?.stageLabels ?? []}
                    />
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

function JourneyRow({ row, currency, labels }: { row: Row; currency: string; labels: readonly string[] }) {
  const stage = Number(row.stage)
  return (
    <tr className="relative border-b border-line last:border-0 focus-within:bg-sunken hover:bg-sunken">
      <th scope="row" className={`${CELL} max-w-48 text-left font-medium`}>
        {row.person === null ? (
          <span className="text-muted">Nobody yet</span>
        ) : (
          <Link
            data-row
            to="/people/$id"
            params={{ id: String(row.person) }}
            hash={String(row.journey)}
            className="block truncate -outline-offset-2 after:absolute after:inset-0 hover:text-accent-ink"
          >
            {row.name ?? String(row.person)}
          </Link>
        )}
        <span className="block text-xs font-normal text-muted sm:hidden">{day(String(row.began))}</span>
      </th>
      <td className={`${CELL} whitespace-nowrap max-sm:hidden`}>{day(String(row.began))}</td>
      <td className={`${CELL} whitespace-nowrap max-md:hidden`}>{row.activationType}</td>
      <td className={`${CELL} max-md:hidden`}>
        <span className="block max-w-44 truncate">{row.medium ?? '–'}</span>
        <span className="block max-w-44 truncate text-xs text-muted">{row.source}</span>
      </td>
      <td className={CELL}>
        <StageDots stage={stage} label={labels[stage - 1] ?? ''} />
      </td>
      <td className={`${CELL} whitespace-nowrap max-md:hidden`}>{row.owner ?? '–'}</td>
      <td className={`${CELL} whitespace-nowrap`}>
        {row.outcome ? (
          <Badge tone={outcomeTone(String(row.outcome))}>{row.outcome}</Badge>
        ) : (
          <span className="text-muted">
            Open
            {row.dormantDay && <span className="block text-xs">dormant on {day(String(row.dormantDay))}</span>}
          </span>
        )}
      </td>
      <td className={`${CELL} text-right whitespace-nowrap max-md:hidden`}>
        {row.amount === null || row.amount === undefined ? '–' : money(Number(row.amount), currency)}
      </td>
    </tr>
  )
}

function WaitingList() {
  return (
    <div className="rounded-xl border border-line bg-surface">
      <WaitingRows rows={12} className="h-6" />
    </div>
  )
}

function sentence({ stage, view, state }: JourneysSearch, label: string | undefined, period: string): string {
  const which = state === 'dormant-soon' ? 'Open journeys that end within 14 days unless something happens' : undefined
  if (which) return which
  if (stage && label && view === 'period') return `Journeys that reached “${label}” in the period, ${period}`
  if (stage && label) return `Journeys that began in the period and reached “${label}”, ${period}`
  return `Journeys that began in the period, ${period}`
}
