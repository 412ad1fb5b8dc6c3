import { type ClusterFact, dayOf, type Instant, instantOf, parseDay, type Zone } from '@throughline/core'

/** What happened, in two halves between which `not` fits: `lead L1`, `been converted`. */
export type Happening = readonly [subject: string, participle: string]

/** The id of a record that there is not: facts that were never reported name it. No source writes such ids. */
export const NEW = 'had-been/new'

/** `lead 00Q…`, or `a new lead`. */
export const named = (object: string, id: string): string => (id === NEW ? `a new ${object}` : `${object} ${id}`)

/** What a fact says happened. */
export function happeningOf(fact: ClusterFact): Happening {
  switch (fact.kind) {
    case 'lead-created':
      return [named('lead', fact.lead), 'been created']
    case 'contact-created':
      return [named('contact', fact.contact), 'been created']
    case 'status-changed':
      return [spaced(fact.record), `been set to the status "${fact.to}"`]
    case 'score-changed':
      return [spaced(fact.record), `been given the score ${fact.to}`]
    case 'owner-changed':
      return [spaced(fact.record), `been given to ${fact.to}`]
    case 'fields-changed': {
      const fields = Object.entries(fact.fields).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
      return [spaced(fact.record), `been given ${fields.join(', ') || 'other fields'}`]
    }
    case 'lead-converted':
      return [named('lead', fact.lead), `been converted into ${named('contact', fact.contact)}`]
    case 'records-merged':
      return [fact.merged.map(spaced).join(' and '), `been merged into ${spaced(fact.survivor)}`]
    case 'interaction-recorded':
      return [`the ${fact.channel} interaction of ${whose(fact.person)}`, 'taken place']
    case 'campaign-member-set':
      return [
        `${spaced(fact.person)}`,
        `been ${fact.status === undefined ? 'put on' : `set to "${fact.status}" in`} campaign ${fact.campaign}`,
      ]
    case 'task-recorded':
      return [`task ${fact.task} with ${spaced(fact.person)}`, 'been recorded']
    case 'opportunity-created':
      return [named('opportunity', fact.opportunity), 'been created']
    case 'opportunity-changed':
      return [named('opportunity', fact.opportunity), `been changed${changeOf(fact)}`]
    case 'opportunity-closed':
      return [named('opportunity', fact.opportunity), `been ${fact.won ? 'won' : 'lost'}`]
    case 'opportunity-reopened':
      return [named('opportunity', fact.opportunity), 'been reopened']
    case 'contact-role-added':
      return [
        named('contact', fact.contact),
        `been put on ${named('opportunity', fact.opportunity)}${fact.primary ? ' as the primary contact' : ''}`,
      ]
    case 'contact-role-removed':
      return [named('contact', fact.contact), `been taken off opportunity ${fact.opportunity}`]
    case 'record-deleted':
      return [spaced(fact.record), 'been deleted']
    case 'attribution-set':
      return [named('opportunity', fact.opportunity), `been credited by hand to ${spaced(fact.person)}`]
    case 'attribution-released':
      return [`the attribution of opportunity ${fact.opportunity}`, 'been released']
  }
}

/** A moment as the organisation's clock shows it: `2026-03-04 15:00`. */
export function momentIn(zone: Zone, at: Instant): string {
  const day = dayOf(zone, at)
  const minutes = Math.floor((at - instantOf(zone, parseDay(day) ?? 0)) / 60_000)
  return `${day} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** How far apart two moments are, in the largest unit that fits: `3 days`, `20 minutes`. */
export function spanOf(milliseconds: number): string {
  const [days, hours, minutes] = [86_400_000, 3_600_000, 60_000].map((unit) => Math.round(milliseconds / unit))
  if (days) return `${days} ${days === 1 ? 'day' : 'days'}`
  if (hours) return `${hours} ${hours === 1 ? 'hour' : 'hours'}`
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
}

function changeOf({ stage, probability }: Extract<ClusterFact, { kind: 'opportunity-changed' }>): string {
  if (stage !== undefined) return ` to "${stage}"`
  return probability === undefined ? '' : ` to a probability of ${probability} %`
}

/** `lead:00Q…` as `lead 00Q…`. */
export const spaced = (key: string): string => key.replace(':', ' ')

const whose = (person: string): string => (person.startsWith('email:') ? 'an e-mail address' : spaced(person))

const two = (number: number): string => String(number).padStart(2, '0')
