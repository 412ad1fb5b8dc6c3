import type { Journey, Opportunity } from '@throughline/core'
import type { ClusterContext } from '../cluster-context.ts'
import { columnsOf, table } from '../table.ts'
import { STAGES, sourceColumns, stageColumns } from './stage-columns.ts'

/** The opportunity whose stages and money a journey shows: its primary one, where it attributes that. [G13] */
function attributed(journey: Journey, find: ClusterContext): Opportunity | undefined {
  return journey.primaryOpportunityType === 'Attribution Activation'
    ? find.opportunity(journey.primaryOpportunity)
    : undefined
}

const journey = columnsOf<Journey>()
export const journeys = table<Journey>('journeys', 'What followed from each activation.', (d) => d.journeys, [
  journey('id', 'VARCHAR', 'Id of the activation.', (j) => j.id),
  journey(
    'person',
    'VARCHAR',
    'Person; null on the fallback activation of an opportunity without contact roles.',
    (j) => j.person,
  ),
  journey('account', 'VARCHAR', 'Account of the activation.', (j, c) => c.engagement(j.id)?.account ?? null),
  journey('activation_type', 'VARCHAR', 'Why the journey began.', (j) => j.activationType),
  ...STAGES.flatMap((stage) => stageColumns<Journey>(stage, (j) => j.stages[stage - 1] ?? null)),
  journey('completed_at', 'BIGINT', 'When the journey ended; null while open.', (j) => j.completion?.at ?? null),
  journey('completed_on', 'DATE', 'The same as a day.', (j, c) => c.dayOf(j.completion?.at ?? null)),
  journey('outcome', 'VARCHAR', 'How it ended.', (j) => j.completion?.outcome ?? null),
  journey('outcome_rule', 'VARCHAR', 'Rule that ended it.', (j) => j.completion?.because.rule ?? null),
  journey(
    'outcome_inferred',
    'VARCHAR',
    'Why the moment of its end is an inference.',
    (j) => j.completion?.inferred ?? null,
  ),
  journey('primary_opportunity', 'VARCHAR', 'Opportunity that controls how it ends.', (j) => j.primaryOpportunity),
  journey(
    'primary_opportunity_type',
    'VARCHAR',
    '`Attribution Activation` or `Influencing Activation`.',
    (j) => j.primaryOpportunityType,
  ),
  journey('dormant_at', 'BIGINT', 'When dormancy would end it if nothing more happened.', (j) => j.dormantAt),
  journey('dormant_on', 'DATE', 'The same as a day.', (j, c) => c.dayOf(j.dormantAt)),
  ...sourceColumns<Journey>((j, c) => c.engagement(j.id)),
  journey(
    'opportunity_amount',
    'BIGINT',
    'Amount of the opportunity it attributes, in minor units of the organisation’s currency.',
    (j, c) => attributed(j, c)?.organisationAmount ?? null,
  ),
  journey(
    'opportunity_closed',
    'BOOLEAN',
    'The opportunity it attributes is closed.',
    (j, c) => attributed(j, c)?.closed ?? null,
  ),
  journey(
    'opportunity_won',
    'BOOLEAN',
    'The opportunity it attributes is won.',
    (j, c) => attributed(j, c)?.won ?? null,
  ),
  journey('voided', 'BOOLEAN', 'A fallback that a real activation took the place of: never counted.', (j) => j.voided),
])
