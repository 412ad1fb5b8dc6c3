import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ownersQuery, type PersonLine, peopleQuery, statusQuery } from '../client.ts'
import { count, counted, day } from '../format.ts'
import type { PeopleSearch, PeopleSort } from '../search.ts'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Choice, PageHead, Segmented } from '../ui/controls.tsx'
import { CELL, DataTable, type Head, Pager } from '../ui/data-table.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { StageDots } from '../ui/stage-dots.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'

const SIZE = 50

const HEADS: readonly Head<PeopleSort | 'name' | 'state' | 'stage' | 'source'>[] = [
  { key: 'name', label: 'Person' },
  { key: 'state', label: 'State' },
  { key: 'stage', label: 'Current journey' },
  { key: 'source', label: 'Brought by', wide: true },
  { key: 'owner', label: 'Owner', sortable: true, wide: true },
  { key: 'status', label: 'Status', sortable: true, wide: true },
  { key: 'score', label: 'Score', sortable: true, numeric: true, wide: true },
  { key: 'engagements', label: 'Engagements', sortable: true, numeric: true, wide: true },
  { key: 'last-engagement', label: 'Last engagement', sortable: true, numeric: true },
]

/** Everybody, to search, filter and sort. */
export function PeoplePage() {
  useTitle('People')
  const search = useSearch({ from: '/people' })
  const navigate = useNavigate({ from: '/people' })
  const { data: status } = useQuery(statusQuery)
  const owners = useQuery(ownersQuery)
  const page = search.page ?? 1
  const sort = search.sort ?? 'last-engagement'
  const people = useQuery(
    peopleQuery({
      ...(search.q && { q: search.q }),
      ...(search.state && { state: search.state }),
      ...(search.owner && { owner: search.owner }),
      sort,
      descending: search.order === 'ascending' ? 'false' : 'true',
      page,
      size: SIZE,
    }),
  )
  const set = (changed: Partial<Record<keyof PeopleSearch, unknown>>, replace = false) => {
    const next = { ...search, page: undefined, ...changed }
    void navigate({
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)),
      replace,
    })
  }
  return (
    <>
      <PageHead title="People" lead={people.data ? counted(people.data.total, 'person', 'people') : '\u00a0'} />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField
          label="Search people"
          placeholder="Name, e-mail or company"
          value={search.q ?? ''}
          onChange={(q) => set({ q: q || undefined }, true)}
        />
        <Segmented
          label="State"
          options={{ all: 'All', active: 'Active', dormant: 'Dormant' }}
          value={search.state ?? 'all'}
          onChange={(state) => set({ state: state === 'all' ? undefined : state })}
        />
        <Choice
          label="Owner"
          options={[
            { value: '', label: 'Any owner' },
            ...(owners.data?.owners ?? []).map(({ id, name, people }) => ({
              value: id,
              label: `${name} (${count(people)})`,
            })),
          ]}
          value={search.owner ?? ''}
          onChange={(owner) => set({ owner: owner || undefined })}
        />
      </div>
      <Loaded
        query={people}
        waiting={
          <div className="rounded-xl border border-line bg-surface">
            <WaitingRows rows={12} className="h-7" />
          </div>
        }
      >
        {(found) => (
          <Card>
            {found.people.length === 0 ? (
              <Empty title={search.q ? `Nobody found for “${search.q}”` : 'Nobody here'}>
                {search.q || search.state || search.owner
                  ? 'Take a filter away, or search for a part of the name, e-mail address or company.'
                  : 'Import leads and contacts; they appear here.'}
              </Empty>
            ) : (
              <>
                <DataTable
                  caption="People"
                  heads={HEADS}
                  sort={sort}
                  descending={search.order !== 'ascending'}
                  onSort={(key) =>
                    set({
                      sort: key === 'last-engagement' ? undefined : key,
                      order: sort === key && search.order !== 'ascending' ? 'ascending' : undefined,
                    })
                  }
                >
                  {found.people.map((person) => (
                    <PersonRow key={person.id} person={person} labels={status?.stageLabels ?? []} />
                  ))}
                </DataTable>
                {found.searchCut && (
                  <p className="px-5 pt-3 text-sm text-warn">
                    More people match than were looked at. Search for more of the name.
                  </p>
                )}
                <Pager
                  page={page}
                  size={SIZE}
                  total={found.total}
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

function PersonRow({ person, labels }: { person: PersonLine; labels: readonly string[] }) {
  return (
    <tr className="relative border-b border-line last:border-0 focus-within:bg-sunken hover:bg-sunken">
      <th scope="row" className={`${CELL} max-w-40 text-left font-normal sm:max-w-64`}>
        <Link
          data-row
          to="/people/$id"
          params={{ id: person.id }}
          className="block truncate font-medium -outline-offset-2 after:absolute after:inset-0 hover:text-accent-ink"
        >
          {person.name ?? person.id}
        </Link>
        <span className="block truncate text-xs text-muted">{person.company ?? person.email ?? '\u00a0'}</span>
      </th>
      <td className={CELL}>{person.dormant ? <Badge>Dormant</Badge> : <Badge tone="good">Active</Badge>}</td>
      <td className={CELL}>
        {person.stage === null ? '–' : <StageDots stage={person.stage} label={labels[person.stage - 1] ?? ''} />}
      </td>
      <td className={`${CELL} max-md:hidden`}>
        <span className="block max-w-40 truncate">{person.medium ?? '–'}</span>
        <span className="block max-w-40 truncate text-xs text-muted">{person.source}</span>
      </td>
      <td className={`${CELL} whitespace-nowrap max-md:hidden`}>{person.owner.name}</td>
      <td className={`${CELL} whitespace-nowrap max-md:hidden`}>{person.status ?? '–'}</td>
      <td className={`${CELL} text-right max-md:hidden`}>{person.score ?? '–'}</td>
      <td className={`${CELL} text-right max-md:hidden`}>{count(person.engagements)}</td>
      <td className={`${CELL} text-right whitespace-nowrap`}>
        {person.lastEngagementDay ? day(person.lastEngagementDay) : '–'}
      </td>
    </tr>
  )
}
