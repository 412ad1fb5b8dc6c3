import { campaignMemberTranslator } from './campaign-member.ts'
import { contactTranslator } from './contact.ts'
import { contactRoleTranslator } from './contact-role.ts'
import { NOTHING, type SalesforceObject, type Translator } from './context.ts'
import { accountTranslator, campaignTranslator, queueTranslator, userTranslator } from './directory.ts'
import { interactionTranslator } from './interaction.ts'
import { leadTranslator } from './lead.ts'
import { opportunityHistoryTranslator, opportunityTranslator } from './opportunity.ts'
import { contactHistoryTranslator, leadHistoryTranslator } from './person-history.ts'
import { taskTranslator } from './task.ts'

/** UserRole.csv gives no facts: the survey takes the names of roles from it. */
const roleTranslator: Translator = (find) => {
  find.required('Id')
  find.required('Name')
  return () => NOTHING
}

/** How the rows of each object become facts. */
export const TRANSLATORS: Readonly<Record<SalesforceObject, Translator>> = {
  UserRole: roleTranslator,
  User: userTranslator,
  Group: queueTranslator,
  Account: accountTranslator,
  Campaign: campaignTranslator,
  Lead: leadTranslator,
  Contact: contactTranslator,
  Opportunity: opportunityTranslator,
  OpportunityContactRole: contactRoleTranslator,
  CampaignMember: campaignMemberTranslator,
  Task: taskTranslator,
  LeadHistory: leadHistoryTranslator,
  ContactHistory: contactHistoryTranslator,
  OpportunityFieldHistory: opportunityHistoryTranslator,
  Interaction: interactionTranslator,
}

/** What is missing where an object's file is. */
export const WITHOUT: Readonly<Partial<Record<SalesforceObject, string>>> = {
  User: 'users appear by their ids, and roles are unknown',
  Group: 'queues appear by their ids, as if they were users',
  Account: 'accounts appear by their ids',
  Campaign: 'campaign rules find no campaign to look at',
  Contact: 'there are no contacts, and conversions are known by their day only',
  Opportunity: 'there are no opportunities: journeys end before stage 4',
  OpportunityContactRole: 'opportunities have no contact roles and fall back to their Lead Source',
  CampaignMember: 'there are no campaign responses',
  Task: 'there are no tasks',
  LeadHistory: "changes of leads' statuses and owners are inferred from their last modification",
  ContactHistory: "changes of contacts' statuses and owners are inferred from their last modification",
  OpportunityFieldHistory: "changes of opportunities' stages are inferred from their last modification",
}
