import type { DuckDBConnection } from '@duckdb/node-api'

/** A report's question as somebody who knows the tables would ask DuckDB, and the report's figures it must equal. */
export type HandWritten = ((connection: DuckDBConnection) => Promise<unknown[][]>) &
  Readonly<{ figures: readonly string[] }>

const GENUINE = `activation_type is distinct from 'Opportunity Creation'`
const days = (from: number) =>
  `median(case when stage${from + 1}_on < stage${from}_on then 0 else stage${from + 1}_on - stage${from}_on end)`

const FUNNEL_JOURNEYS = `
  select count(stage1_at), count(stage2_at), count(stage3_at), count(stage4_at), count(stage5_at), count(stage6_at),
         ${[1, 2, 3, 4, 5].map(days).join(', ')}
  from journeys where not voided and ${GENUINE}`

const FUNNEL_OPPORTUNITIES = `
  select count(stage4_at), count(stage5_at), count(stage6_at),
         sum(organisation_amount) filter (stage4_at is not null)::BIGINT,
         sum(organisation_amount) filter (stage5_at is not null)::BIGINT,
         sum(organisation_amount) filter (stage6_at is not null)::BIGINT
  from opportunities where not deleted and stage1_on is not null and ${GENUINE}`

const SOURCES = `
  select coalesce(medium, '(none)') as option, sum(activations)::BIGINT, coalesce(sum(influencing), 0)::BIGINT,
         coalesce(sum(stage4), 0)::BIGINT, coalesce(sum(pipeline), 0)::BIGINT, coalesce(sum(won), 0)::BIGINT
  from (
    select medium, count(*) as activations, count(stage4_at) as stage4, 0 as influencing, 0 as pipeline, 0 as won
    from journeys where not voided and ${GENUINE} group by all
    union all by name
    select medium, 0 as activations, count(*) as influencing
    from engagements where not voided and record_type = 'Influencing Engagement' group by all
    union all by name
    select medium, 0 as activations, sum(organisation_amount) filter (not closed) as pipeline,
           count(stage6_at) as won
    from opportunities where not deleted and stage1_on is not null and ${GENUINE} group by all
  ) group by option order by 2 desc, 1`

const COHORTS = `
  select strftime(stage1_on, '%Y-%m') as cohort, count(stage1_at), count(stage2_at), count(stage3_at), count(stage4_at),
         count(stage5_at), count(stage6_at), count(*) filter (completed_at is null),
         any_value(opportunities), any_value(won_amount)::BIGINT
  from journeys left join (
    select strftime(stage1_on, '%Y-%m') as month, count(*) as opportunities,
           coalesce(sum(organisation_amount) filter (stage6_at is not null), 0) as won_amount
    from opportunities where not deleted and stage1_on is not null and ${GENUINE} group by month
  ) as deals on deals.month = strftime(stage1_on, '%Y-%m')
  where not voided and ${GENUINE} group by cohort order by cohort`

const OPPORTUNITY_SOURCES = `
  select count(*), coalesce(sum(organisation_amount), 0)::BIGINT, count(*) filter (not closed), count(stage6_at)
  from (select *, case when attribution_activation is null then 6
                       when activation_type = 'Opportunity Creation' then case when lead_source is null then 5 else 4 end
                       when triggered_by = 'Opportunity Contact Role' then 3
                       when activation_type = 'Original Activation' then 1 else 2 end as way
        from opportunities where not deleted)
  group by way order by way`

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<(string | number | null)[][]> {
  const rows = await (await connection.run(sql)).getRows()
  return rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : (value as string | number))))
}

/** Some reports as they come, by hand. */
export const HAND_WRITTEN: Readonly<Record<string, HandWritten>> = {
  funnel: Object.assign(
    async (connection: DuckDBConnection) => {
      const [journeys = []] = await rowsOf(connection, FUNNEL_JOURNEYS)
      const [deals = []] = await rowsOf(connection, FUNNEL_OPPORTUNITIES)
      return [0, 1, 2, 3, 4, 5].map((stage) => [
        journeys[stage],
        stage === 0 ? null : journeys[5 + stage],
        stage < 3 ? null : deals[stage - 3],
        stage < 3 ? null : deals[stage],
      ])
    },
    { figures: ['journeys', 'medianDays', 'opportunities', 'amount'] },
  ),
  cohorts: Object.assign((connection: DuckDBConnection) => rowsOf(connection, COHORTS), {
    figures: [
      'cohort',
      'stage1',
      'stage2',
      'stage3',
      'stage4',
      'stage5',
      'stage6',
      'open',
      'opportunities',
      'wonAmount',
    ],
  }),
  'opportunity-sources': Object.assign((connection: DuckDBConnection) => rowsOf(connection, OPPORTUNITY_SOURCES), {
    figures: ['opportunities', 'amount', 'open', 'won'],
  }),
  sources: Object.assign((connection: DuckDBConnection) => rowsOf(connection, SOURCES), {
    figures: ['option', 'activations', 'influencing', 'converted', 'pipeline', 'won'],
  }),
}
