import type { ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { count } from './numbers.ts'
import { SOON_DAYS, soon } from './selection.ts'

/** What needs somebody: oddities in the data, and journeys and opportunities that are about to be lost. */
export const health: ReportDefinition = {
  name: 'health',
  title: 'Data health',
  description: 'Findings by kind, opportunities nobody has a role on, and journeys about to go dormant.',
  takes: [],
  filters: [],
  defaults: {},
  columns: [
    { key: 'code', label: 'What', type: 'text' },
    { key: 'count', label: 'How many', type: 'count' },
    { key: 'example', label: 'Example', type: 'id' },
    { key: 'detail', label: 'In words', type: 'text' },
  ],
  async answer(ask, _parameters, _context, world): Promise<Answer> {
    const rows = await ask(
      `select * from (
         select code, count(distinct record) as records, min(record) as example, arg_min(detail, record) as detail, 2 as rank
         from findings where code <> 'opportunity-without-contact-roles' group by code
         union all
         select 'dormant-soon', count(*), arg_min(id, (dormant_at, id)),
                'Ends within ${SOON_DAYS} days if nothing happens.', 1
         from journeys where not voided and completed_at is null and dormant_at < $soon
         union all
         select 'opportunity-without-contact-roles', count(*), min('opportunity:' || id),
                'Open, and no contact has a role on it: nobody’s journey can be credited.', 1
         from opportunities where not deleted and not closed and contact_roles = 0)
       where records > 0 order by rank, records desc, code`,
      { soon: soon(world) },
    )
    return {
      rows: rows.map(
        (row): ReportRow => ({
          code: row.code as string,
          count: count(row.records),
          example: row.example as string | null,
          detail: row.detail as string | null,
        }),
      ),
    }
  },
}
