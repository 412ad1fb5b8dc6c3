import type { FindingCode } from './derivation.ts'

/** Who can usually put something right: a role in the company, not a user. */
export type FindingOwner = 'marketing operations' | 'sales operations' | 'Salesforce administrator' | 'RevOps'

/** What a kind of finding is called, what to do about it, how much it matters, and who usually does it. */
export type FindingKind = Readonly<{
  /** A heading in the plural, such as `Journeys back-dated into an earlier one`. */
  title: string
  /** What to do, in one or two sentences. */
  remedy: string
  /** `problem`: figures are wrong until it is put right. `warning`: they may mislead. `note`: good to know. */
  severity: 'problem' | 'warning' | 'note'
  owner: FindingOwner
}>

/**
 * Every kind of finding the fold can come to. Lists, reports and pages take their words from here; a single finding
 * says in its `detail` what is odd about its record.
 */
export const FINDINGS: Readonly<Record<FindingCode, FindingKind>> = {
  'unknown-status': {
    title: 'People with a status the rules do not know',
    remedy: 'Add the status to the rules, with the stage or disposition it means, or correct it in the CRM.',
    severity: 'warning',
    owner: 'RevOps',
  },
  'unknown-lead-source': {
    title: 'Lead Sources the rules do not know',
    remedy: 'Add the Lead Source to the rules, or correct it in the CRM and where it is entered.',
    severity: 'note',
    owner: 'marketing operations',
  },
  'unknown-opportunity-stage': {
    title: 'Opportunities in a stage the rules do not know',
    remedy: 'Add the stage to the rules, and say whether it is closed and won.',
    severity: 'warning',
    owner: 'RevOps',
  },
  'unknown-person': {
    title: 'Interactions of addresses nobody has',
    remedy: 'Import the lead or contact with that address, or let the form create one.',
    severity: 'warning',
    owner: 'marketing operations',
  },
  'unknown-opportunity': {
    title: 'Changes of opportunities that were never created',
    remedy: 'Import the opportunity they are about.',
    severity: 'problem',
    owner: 'Salesforce administrator',
  },
  'changed-before-created': {
    title: 'Records whose creation was never reported',
    remedy: 'Import the record itself; until then its owner, status and source are not known.',
    severity: 'warning',
    owner: 'Salesforce administrator',
  },
  'future-date-clamped': {
    title: 'Engagements dated in the future',
    remedy: 'Correct the date in the list or form; until then the time of recording counts.',
    severity: 'warning',
    owner: 'marketing operations',
  },
  'repeated-interaction': {
    title: 'Submissions that arrived twice',
    remedy: 'Nothing is counted twice. See whether a form or a sync posts its values again.',
    severity: 'note',
    owner: 'marketing operations',
  },
  'backdated-engagement': {
    title: 'Engagements back-dated into an earlier journey',
    remedy: 'Upload lists sooner, or read facts in the order they happened (setting `order`).',
    severity: 'note',
    owner: 'marketing operations',
  },
  'disposition-with-submission': {
    title: 'People dispositioned and brought back in one save',
    remedy: 'See whether the marketing system means both; the status ended one journey, the submission began the next.',
    severity: 'note',
    owner: 'marketing operations',
  },
  'source-missing': {
    title: 'Records without tags and without a Lead Source',
    remedy: 'Make the Lead Source required, and tag links and forms; a stand-in text is counted meanwhile.',
    severity: 'warning',
    owner: 'Salesforce administrator',
  },
  'several-open-journeys': {
    title: 'People with several open journeys after a merge',
    remedy: 'Nothing, or let merges also end the journey that no opportunity is attributed to (`merges`).',
    severity: 'note',
    owner: 'RevOps',
  },
  'unworked-reactivation': {
    title: 'Reactivations nobody has worked',
    remedy: 'Route them: set a status that reaches stage 2, or give them an owner who will.',
    severity: 'warning',
    owner: 'sales operations',
  },
  'opportunity-without-contact-roles': {
    title: 'Opportunities without contact roles',
    remedy: 'Add the people involved when the opportunity is created; until then its Lead Source stands in.',
    severity: 'warning',
    owner: 'sales operations',
  },
  'stale-open-opportunity': {
    title: 'Open opportunities that nothing has happened to',
    remedy: 'Close them or work them: while one is open, the journeys it controls cannot end.',
    severity: 'warning',
    owner: 'sales operations',
  },
  'second-opportunity-open': {
    title: 'Open opportunities whose journey ended with another one',
    remedy: 'See whose it is now: the next touch of the contact starts a journey that this one is not credited to.',
    severity: 'warning',
    owner: 'sales operations',
  },
  'reopened-after-new-journey': {
    title: 'Opportunities reopened after a newer journey began',
    remedy: 'Nothing was rewritten. Set the attribution by hand where the newer journey should have the credit.',
    severity: 'note',
    owner: 'sales operations',
  },
  'attribution-refused': {
    title: 'Attributions set by hand that cannot be',
    remedy: 'Name a person with an activation that counts; influencing engagements cannot be credited.',
    severity: 'problem',
    owner: 'RevOps',
  },
  'stage-before-activation': {
    title: 'Opportunities older than the activation they are attributed to',
    remedy: 'Add contact roles when the opportunity is created, and see that first touches are recorded.',
    severity: 'warning',
    owner: 'sales operations',
  },
  'stages-out-of-order': {
    title: 'Stage dates that run backwards',
    remedy: 'Correct the close date or the creation in the CRM; times between the stages count as none.',
    severity: 'warning',
    owner: 'sales operations',
  },
  'missing-rate': {
    title: 'Amounts without an exchange rate',
    remedy: 'Add the rate to the rules; until then the amount is not in any total.',
    severity: 'problem',
    owner: 'RevOps',
  },
}
