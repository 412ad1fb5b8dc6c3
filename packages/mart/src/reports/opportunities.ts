import { formatAmount } from '@throughline/core'
import { ReportError, type ReportParameters, type ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS, type FilterField } from './filters.ts'
import { described, LIST_TAKES, type ListColumn, listPage, offered } from './list.ts'
import { type Facets, missingAmounts, NO_VALUE, opportunitySelection, ownerName } from './selection.ts'

const STATE = "case when won then 'won' when closed then 'lost' else 'open' end"
const FALLBACK = "case when activation_type = 'Opportunity Creation' then 'yes' else 'no' end"

const COLUMNS: readonly ListColumn[] = [
  { key: 'opportunity', label: 'Opportunity', type: 'id', sql: 'id' },
  { key: 'title', label: 'Name', type: 'text', sql: 'coalesce(name, id)' },
  { key: 'account', label: 'Account', type: 'id', sql: 'account' },
  {
    key: 'accountName',
    label: 'Account name',
    type: 'text',
    sql: '(select any_value(accounts.name) from accounts where accounts.id = opportunities.account)',
  },
  { key: 'owner', label: 'Owner', type: 'text', sql: ownerName('opportunities.owner') },
  { key: 'state', label: 'State', type: 'text', sql: STATE, description: '`open`, `won` or `lost`.' },
  { key: 'stage', label: 'Stage', type: 'text', sql: 'stage', description: 'As the source spells it.' },
  { key: 'created', label: 'Created', type: 'day', sql: 'stage4_on' },
  { key: 'qualified', label: 'Stage 5 on', type: 'day', sql: 'stage5_on' },
  { key: 'won', label: 'Stage 6 on', type: 'day', sql: 'stage6_on' },
  { key: 'closed', label: 'Closed', type: 'day', sql: 'closed_on' },
  { key: 'closeDate', label: 'Close date', type: 'day', sql: 'close_date', description: 'As the source gives it.' },
  { key: 'amount', label: 'Amount', type: 'money', sql: 'organisation_amount' },
  { key: 'currency', label: 'Currency', type: 'text', sql: 'currency', description: 'Of the opportunity, ISO 4217.' },
  {
    key: 'ownAmount',
    label: 'Amount in its currency',
    type: 'text',
    sql: 'amount',
    description: 'A decimal amount with as many digits as the currency has.',
  },
  { key: 'contactRoles', label: 'Contact roles', type: 'count', sql: 'contact_roles' },
  { key: 'activation', label: 'Attribution activation', type: 'id', sql: 'attribution_activation' },
  { key: 'activationType', label: 'Activation type', type: 'text', sql: 'activation_type' },
  {
    key: 'fallback',
    label: 'Fallback',
    type: 'text',
    sql: FALLBACK,
    description: '`yes` where no journey led to it and an activation stands in.',
  },
  { key: 'medium', label: 'Medium', type: 'text', sql: 'medium' },
  { key: 'source', label: 'Source', type: 'text', sql: 'source' },
  { key: 'campaign', label: 'Campaign', type: 'text', sql: 'campaign' },
  { key: 'engagementType', label: 'Engagement type', type: 'text', sql: 'engagement_type' },
  { key: 'leadSource', label: 'Lead Source', type: 'text', sql: 'lead_source' },
  {
    key: 'days',
    label: 'Days open',
    type: 'days',
    sql: 'closed_on - created_on',
    description: 'From its creation to its close; empty while it is open.',
  },
]

const OWN_FILTERS: readonly FilterField[] = [
  {
    field: 'state',
    type: 'choice',
    choices: ['open', 'won', 'lost'],
    sql: STATE,
    description: 'Open, or how it was closed.',
  },
  {
    field: 'fallback',
    type: 'choice',
    choices: ['yes', 'no'],
    sql: FALLBACK,
    description: 'Whether an activation stands in for a journey.',
  },
  { field: 'contact-roles', type: 'count', sql: 'contact_roles', description: 'How many contacts have a role on it.' },
  { field: 'name', type: 'text', sql: "coalesce(name, '')", description: 'Its name in the source.' },
  {
    field: 'stage',
    type: 'text',
    sql: `coalesce(stage, '${NO_VALUE}')`,
    description: 'Stage as the source spells it.',
  },
  {
    field: 'lead-source',
    type: 'text',
    sql: `coalesce(lead_source, '${NO_VALUE}')`,
    description: 'Lead Source as the source spells it.',
  },
  { field: 'amount', type: 'money', sql: 'organisation_amount', description: 'Amount.' },
  { field: 'created', type: 'day', sql: 'stage4_on', description: 'Day of its creation.' },
  { field: 'qualified', type: 'day', sql: 'stage5_on', description: 'Day it reached stage 5.' },
  { field: 'won', type: 'day', sql: 'stage6_on', description: 'Day it reached stage 6.' },
  { field: 'closed', type: 'day', sql: 'closed_on', description: 'Day it was closed.' },
  {
    field: 'activation',
    type: 'text',
    sql: `coalesce(attribution_activation, '${NO_VALUE}')`,
    description: 'Id of the attribution activation.',
  },
]

/**
 * Opportunities as a list, whether or not a journey led to them. With a stage they are those that the funnel counts at
 * it: in the period view those that reached it in the period, in the cohort view those of the journeys that began in it.
 */
export const opportunities: ReportDefinition = {
  name: 'opportunities',
  title: 'Opportunities',
  description: 'Opportunities created in the period: whose, how much, how they stand, and what they are credited to.',
  takes: ['from', 'to', 'view', 'by', 'option', 'stage', 'withoutFallbacks', ...LIST_TAKES],
  filters: [...offered(OWN_FILTERS), ...DIMENSION_FILTERS],
  defaults: { view: 'period', sort: 'created', descending: true, offset: 0, limit: 100 },
  columns: described(COLUMNS),
  async answer(ask, parameters, context): Promise<Answer> {
    const { stage } = parameters
    if (stage !== undefined && stage < 4)
      throw new ReportError(
        'opportunities',
        'stage',
        `"stage" is ${stage}.`,
        'Opportunities have the stages 4, 5 and 6.',
      )
    const selection = opportunitySelection(parameters, facetsOf(parameters), context, OWN_FILTERS)
    const reached = { ...selection, where: `${selection.where} and stage${stage ?? 4}_at is not null` }
    const page = await listPage(ask, { table: 'opportunities', columns: COLUMNS, selection: reached, parameters })
    const rows = page.rows.map((row) => ({ ...row, ownAmount: ownAmountOf(row) }))
    return { ...page, rows, notes: await missingAmounts(ask, reached, context.organisation.currency) }
  },
}

/** The day a period is about, and whose an opportunity is: without a stage whose it is now. */
function facetsOf({ view, stage }: ReportParameters): Facets {
  if (view === 'cohort') return { day: 'stage1_on', owner: 'stage1_owner' }
  return stage === undefined
    ? { day: 'stage4_on', owner: 'opportunities.owner' }
    : { day: `stage${stage}_on`, owner: `stage${stage}_owner` }
}

/** Minor units as the source would write them: a spreadsheet knows no minor units. */
function ownAmountOf({ ownAmount, currency }: ReportRow): string | null {
  return typeof ownAmount === 'number' ? formatAmount(ownAmount, String(currency)) : null
}
