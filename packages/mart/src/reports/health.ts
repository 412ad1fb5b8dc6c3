import { FINDINGS, type FindingCode, type FindingKind } from '@throughline/core'
import type { ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { count } from './numbers.ts'
import { SOON_DAYS, soon } from './selection.ts'

/** What the tables show by being counted, beside what the fold has found. */
const COUNTED: Readonly<Record<string, FindingKind>> = {
  'dormant-soon': {
    title: 'Journeys about to go dormant',
    remedy: 'Work them or let them go: a touch or a stage begins their silence anew.',
    severity: 'warning',
    owner: 'sales operations',
  },
  'opportunity-without-contact-roles': FINDINGS['opportunity-without-contact-roles'],
  'fallback-without-source': {
    title: 'Opportunities credited to nobody’s journey, without a Lead Source',
    remedy: 'Make the Lead Source required on opportunities, and add contact roles when they are created.',
    severity: 'warning',
    owner: 'Salesforce administrator',
  },
  'unmapped-medium': {
    title: 'Media without a category',
    remedy: 'Add them to the mapping; until then they are reported as Unmapped.',
    severity: 'note',
    owner: 'marketing operations',
  },
  'unmapped-engagement-type': {
    title: 'Engagement types without a category',
    remedy: 'Add them to the mapping; until then they are reported as Unmapped.',
    severity: 'note',
    owner: 'marketing operations',
  },
}

/** What needs somebody: oddities in the data, and journeys and opportunities that are about to be lost. */
export const health: ReportDefinition = {
  name: 'health',
  title: 'Data health',
  description:
    'Findings by kind, values without a category, opportunities nobody can be credited with, and journeys about to go dormant.',
  takes: [],
  filters: [],
  defaults: {},
  columns: [
    { key: 'code', label: 'Code', type: 'text' },
    { key: 'title', label: 'What', type: 'text' },
    { key: 'count', label: 'How many', type: 'count', description: 'Records; as many as the report behind it lists.' },
    { key: 'severity', label: 'Severity', type: 'text' },
    { key: 'owner', label: 'Whose job', type: 'text' },
    { key: 'example', label: 'Example', type: 'id' },
    { key: 'detail', label: 'In words', type: 'text' },
    { key: 'remedy', label: 'What to do', type: 'text' },
    { key: 'report', label: 'Report', type: 'text', description: 'The report that lists the records.' },
    {
      key: 'where',
      label: 'Conditions',
      type: 'text',
      description: 'What to give that report as `where`, one condition a line.',
    },
  ],
  async answer(ask, _parameters, _context, world): Promise<Answer> {
    const rows = await ask(
      `select * from (
         select code, count(distinct record) as records, min(record) as example, arg_min(detail, record) as detail,
                'findings' as report, 'code:' || code as conditions, 2 as rank
         from findings where code <> 'opportunity-without-contact-roles' group by code
         union all
         select 'dormant-soon', count(*), arg_min(id, (dormant_at, id)),
                'Ends within ${SOON_DAYS} days if nothing happens.', 'journeys', 'dormant-soon:yes', 1
         from journeys where not voided and completed_at is null and dormant_at < $soon
         union all
         select 'opportunity-without-contact-roles', count(*), min('opportunity:' || id),
                'Open, and no contact has a role on it: nobody’s journey can be credited.',
                'opportunities', 'state:open' || chr(10) || 'contact-roles:0', 1
         from opportunities where not deleted and not closed and contact_roles = 0
         union all
         select 'fallback-without-source', count(*), min('opportunity:' || id),
                'Its activation stands in for a journey, and there was no Lead Source to name.',
                'opportunities', 'fallback:yes' || chr(10) || 'lead-source:(none)', 1
         from opportunities where not deleted and activation_type = 'Opportunity Creation' and lead_source is null
         union all
         ${unmapped('unmapped-medium', 'medium', 'medium_category')}
         union all
         ${unmapped('unmapped-engagement-type', 'engagement_type', 'engagement_type_category')})
       where records > 0 order by rank, records desc, code`,
      { soon: soon(world) },
    )
    return {
      rows: rows.map((row): ReportRow => {
        const code = row.code as string
        const kind = COUNTED[code] ?? FINDINGS[code as FindingCode]
        return {
          code,
          title: kind?.title ?? code,
          count: count(row.records),
          severity: kind?.severity ?? 'note',
          owner: kind?.owner ?? null,
          example: row.example as string | null,
          detail: row.detail as string | null,
          remedy: kind?.remedy ?? null,
          report: row.report as string,
          where: row.conditions as string,
        }
      }),
    }
  },
}

/** Engagements whose value the mapping gives no category, and the value that most of them have. */
function unmapped(code: string, value: string, category: string): string {
  const field = (name: string) => name.replaceAll('_', '-')
  return `
    select '${code}', sum(engagements), arg_max(example, (engagements, value)),
           count(*) || case when count(*) = 1 then ' value, ' else ' values, most of all ' end || arg_max(value, (engagements, value)),
           'engagements', '${field(category)}:Unmapped' || chr(10) || '${field(value)}!:(none)', 3
    from (select ${value} as value, count(*) as engagements, min(id) as example
          from engagements where not voided and ${category} = 'Unmapped' and ${value} is not null group by ${value})`
}
