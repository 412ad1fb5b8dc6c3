import { type ClusterFact, DAY_MS, type Instant, MINUTE_MS } from '../src/index.ts'
import { FIRST_DAY, type History, type Settings } from './histories.ts'

const at = (day: number, minute: number): Instant => FIRST_DAY + day * DAY_MS + minute * MINUTE_MS

/** Both times of a fact that was recorded when it happened, or some minutes later. */
const times = (day: number, minute: number, late = 0) => ({
  occurredAt: at(day, minute),
  recordedAt: at(day, minute + late),
})

const SETTINGS: Settings = {
  order: 'occurred',
  email: 'interactions',
  dormancyDays: 2,
  graceMinutes: 0,
  strategy: 'began-the-process',
  reactivation: {},
  repeatMinutes: 0,
  offsetHours: 0,
  variant: {},
}

const history = (facts: readonly ClusterFact[], settings: Partial<Settings> = {}): History => ({
  facts,
  settings: { ...SETTINGS, ...settings },
  asOf: at(40, 0),
  salt: 1,
})

const made = { by: 'bea', owner: 'bea' }

/** Histories that once broke a law, shrunk by hand to what matters. Each is tried on every law. */
export const FOUND: Readonly<Record<string, History>> = {
  'a merge leaves two journeys open, and the current one ends first': history(
    [
      { id: 'f1', kind: 'lead-created', lead: 'L2', ...made, ...times(0, 555) },
      { id: 'f2', kind: 'lead-converted', lead: 'L2', contact: 'C1', opportunity: 'O2', ...times(0, 5) },
      { id: 'f3', kind: 'opportunity-created', opportunity: 'O2', ...made, ...times(0, 5) },
      {
        id: 'f4',
        kind: 'contact-role-added',
        contactRole: 'O2/C1',
        contact: 'C1',
        opportunity: 'O2',
        by: 'bea',
        ...times(0, 5),
      },
      { id: 'f5', kind: 'opportunity-closed', opportunity: 'O2', won: false, ...times(1, 5) },
    ],
    { dormancyDays: 'off' },
  ),
  'an opportunity typed in as won, with a close date before it was typed in': history([
    {
      id: 'f1',
      kind: 'opportunity-created',
      opportunity: 'O1',
      ...made,
      stage: 'Closed Won',
      closeDate: '2025-03-01',
      probability: 0,
      ...times(0, 5),
    },
  ]),
  'a role for a contact that nobody reported, and so nobody owns': history([
    { id: 'f1', kind: 'opportunity-created', opportunity: 'O1', ...made, ...times(0, 5) },
    {
      id: 'f2',
      kind: 'contact-role-added',
      contactRole: 'O1/C2',
      contact: 'C2',
      opportunity: 'O1',
      by: 'bea',
      ...times(0, 5),
    },
  ]),
  'a lead converted into a contact that so far was only merged': history([
    { id: 'f1', kind: 'records-merged', survivor: 'contact:C1', merged: ['contact:C3'], ...times(0, 5) },
    { id: 'f2', kind: 'lead-converted', lead: 'L1', contact: 'C1', opportunity: 'O1', ...times(0, 6) },
    { id: 'f3', kind: 'opportunity-created', opportunity: 'O1', ...made, ...times(0, 6) },
    {
      id: 'f4',
      kind: 'contact-role-added',
      contactRole: 'O1/C1',
      contact: 'C1',
      opportunity: 'O1',
      by: 'bea',
      ...times(0, 6),
    },
  ]),
  'a role recorded before its contact was': history(
    [
      { id: 'f1', kind: 'contact-created', contact: 'C1', ...made, ...times(0, 5, 1440) },
      { id: 'f2', kind: 'lead-converted', lead: 'L1', contact: 'C1', opportunity: 'O1', ...times(0, 5) },
      { id: 'f3', kind: 'opportunity-created', opportunity: 'O1', ...made, ...times(0, 5) },
      {
        id: 'f4',
        kind: 'contact-role-added',
        contactRole: 'O1/C1',
        contact: 'C1',
        opportunity: 'O1',
        by: 'bea',
        ...times(0, 5),
      },
    ],
    { order: 'recorded' },
  ),
  'an opportunity is deleted when its journey has been silent for long': history([
    { id: 'f1', kind: 'lead-created', lead: 'L1', ...made, ...times(0, 5) },
    { id: 'f2', kind: 'lead-converted', lead: 'L1', contact: 'C1', opportunity: 'O1', ...times(0, 5) },
    { id: 'f3', kind: 'opportunity-created', opportunity: 'O1', ...made, ...times(0, 5) },
    {
      id: 'f4',
      kind: 'contact-role-added',
      contactRole: 'O1/C1',
      contact: 'C1',
      opportunity: 'O1',
      by: 'bea',
      ...times(0, 5),
    },
    { id: 'f5', kind: 'record-deleted', record: 'opportunity:O1', ...times(3, 545) },
  ]),
  'an opportunity gets another owner in the moment of its creation': history([
    { id: 'f1', kind: 'opportunity-created', opportunity: 'O2', ...made, ...times(0, 5) },
    { id: 'f0', kind: 'owner-changed', record: 'opportunity:O2', to: 'john', ...times(0, 5) },
  ]),
  'a merge brings a stage 2 dated ahead, then stage 3 is reached': history(
    [
      { id: 'f1', kind: 'lead-created', lead: 'L1', ...made, ...times(0, 5) },
      {
        id: 'f2',
        kind: 'lead-created',
        lead: 'L2',
        ...made,
        status: 'Routed',
        submission: { engagementAt: at(2, 555) },
        ...times(2, 540, 10),
      },
      { id: 'f3', kind: 'records-merged', survivor: 'lead:L1', merged: ['lead:L2', 'lead:L3'], ...times(0, 5) },
      { id: 'f4', kind: 'lead-converted', lead: 'L1', contact: 'C1', by: 'bea', ...times(2, 545) },
      { id: 'f5', kind: 'contact-created', contact: 'C1', ...made, status: 'Working', ...times(2, 545) },
    ],
    { dormancyDays: 4 },
  ),
  'a merge brings a stage 2 dated ahead, then the opportunity closes': history(
    [
      { id: 'f0', kind: 'opportunity-created', opportunity: 'O1', ...made, ...times(0, 5) },
      { id: 'f1', kind: 'lead-created', lead: 'L1', email: 'email:e1', ...made, ...times(1, 5, 1) },
      {
        id: 'f2',
        kind: 'contact-role-added',
        contactRole: 'O1/C1',
        contact: 'C1',
        opportunity: 'O1',
        by: 'bea',
        ...times(0, 5),
      },
      {
        id: 'f3',
        kind: 'contact-role-added',
        contactRole: 'O1/C1',
        contact: 'C1',
        opportunity: 'O1',
        by: 'bea',
        ...times(1, 5),
      },
      { id: 'f4', kind: 'lead-converted', lead: 'L1', contact: 'C1', by: 'bea', ...times(0, 5, 1) },
      { id: 'f5', kind: 'opportunity-closed', opportunity: 'O1', won: false, ...times(0, 5, 1) },
      {
        id: 'f6',
        kind: 'contact-created',
        contact: 'C2',
        email: 'email:e1',
        ...made,
        status: 'Routed',
        submission: { engagementAt: at(1, 545) },
        ...times(0, 5, 4320),
      },
      {
        id: 'f7',
        kind: 'contact-role-removed',
        contactRole: 'O1/C1',
        contact: 'C1',
        opportunity: 'O1',
        ...times(0, 5, 1440),
      },
    ],
    { email: 'records' },
  ),
  'a fallback that was void stands in again for an opportunity that reopened': history([
    { id: 'f1', kind: 'opportunity-created', opportunity: 'O1', ...made, ...times(0, 5) },
    { id: 'f2', kind: 'lead-created', lead: 'L1', ...made, ...times(0, 555) },
    { id: 'f3', kind: 'opportunity-closed', opportunity: 'O1', won: false, ...times(0, 6) },
    {
      id: 'f4',
      kind: 'attribution-set',
      opportunity: 'O1',
      person: 'lead:L1',
      reason: 'by hand',
      by: 'bea',
      ...times(1, 5),
    },
    { id: 'f5', kind: 'opportunity-changed', opportunity: 'O1', stage: 'Negotiation/Review', ...times(0, 5, 4320) },
    { id: 'f6', kind: 'attribution-released', opportunity: 'O1', by: 'bea', ...times(3, 545) },
  ]),
  'a journey that was over is credited by hand with an opportunity that is won later': history([
    { id: 'f1', kind: 'opportunity-created', opportunity: 'O2', ...made, stage: 'Closed Lost', ...times(0, 5) },
    { id: 'f2', kind: 'opportunity-created', opportunity: 'O1', ...made, ...times(0, 5) },
    {
      id: 'f3',
      kind: 'contact-role-added',
      contactRole: 'O1/C1',
      contact: 'C1',
      opportunity: 'O1',
      by: 'bea',
      ...times(0, 5),
    },
    { id: 'f4', kind: 'contact-role-removed', contactRole: 'O1/C1', contact: 'C1', opportunity: 'O1', ...times(0, 5) },
    {
      id: 'f5',
      kind: 'contact-role-added',
      contactRole: 'O2/C1',
      contact: 'C1',
      opportunity: 'O2',
      by: 'bea',
      ...times(0, 555),
    },
    {
      id: 'f6',
      kind: 'attribution-set',
      opportunity: 'O1',
      person: 'contact:C1',
      reason: 'by hand',
      by: 'bea',
      ...times(1, 5),
    },
    { id: 'f7', kind: 'opportunity-closed', opportunity: 'O1', won: true, ...times(1, 5) },
  ]),
  'a fact is recorded ahead of the moment looked from': {
    ...history([
      { id: 'f1', kind: 'lead-created', lead: 'L1', ...made, ...times(0, 5) },
      { id: 'f2', kind: 'status-changed', record: 'lead:L1', to: 'Disqualified', ...times(0, 540, 1440) },
    ]),
    asOf: at(1, 0),
  },
  'a lost deal turns out otherwise while a merge has made another journey current': history([
    { id: 'f1', kind: 'opportunity-created', opportunity: 'O2', ...made, ...times(0, 5) },
    { id: 'f2', kind: 'contact-created', contact: 'C3', ...made, ...times(0, 5) },
    {
      id: 'f3',
      kind: 'records-merged',
      survivor: 'contact:C1',
      merged: ['contact:C3', 'contact:C2'],
      ...times(0, 5),
    },
    { id: 'f4', kind: 'lead-converted', lead: 'L1', contact: 'C1', by: 'bea', ...times(2, 555) },
    { id: 'f5', kind: 'opportunity-closed', opportunity: 'O2', won: true, ...times(0, 5) },
    { id: 'f6', kind: 'contact-created', contact: 'C1', ...made, ...times(0, 555) },
    {
      id: 'f7',
      kind: 'contact-role-added',
      contactRole: 'O2/C2',
      contact: 'C2',
      opportunity: 'O2',
      by: 'bea',
      ...times(0, 5, 1440),
    },
    {
      id: 'f8',
      kind: 'contact-role-added',
      contactRole: 'O1/C1',
      contact: 'C1',
      opportunity: 'O1',
      by: 'bea',
      ...times(0, 5, 1440),
    },
    { id: 'f9', kind: 'opportunity-created', opportunity: 'O1', ...made, ...times(0, 5, 1440) },
    { id: 'g1', kind: 'opportunity-closed', opportunity: 'O1', won: false, ...times(0, 5) },
    { id: 'g2', kind: 'opportunity-closed', opportunity: 'O2', won: false, ...times(1, 5) },
  ]),
}
