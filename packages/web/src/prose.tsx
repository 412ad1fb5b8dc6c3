import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import type { Explanation } from './client.ts'
import { day, withDays } from './format.ts'
import { WhyLink } from './why-panel.tsx'

const LINK = 'decoration-line-strong decoration-dotted underline-offset-4 hover:text-accent-ink underline'

/** Ids as sentences of the server hold them: `eng:…`, `opportunity:…`, `contact 003…`. */
const IDS =
  /\b(eng|int):(\S*[^\s.,;:)”"'])|\b(lead|contact|opportunity|account)[ :]([0-9A-Za-z_-]{3,255})\b(?=[^\w-]|$)/gi

/**
 * A sentence of the server's in which records go by their names and lead to their pages or reasons, and days are
 * written as everywhere else. `plain` leaves the links out, where the whole is a link already.
 */
export function Prose({
  text,
  why,
  plain = false,
}: {
  text: string
  why: Pick<Explanation, 'names' | 'facts'>
  plain?: boolean
}) {
  const parts: ReactNode[] = []
  const users = Object.entries(why.names).filter(([key]) => key.startsWith('user:'))
  const said = (words: string) =>
    withDays(users.reduce((sentence, [key, name]) => sentence.replaceAll(key.slice('user:'.length), name), words))
  let done = 0
  for (const match of text.matchAll(IDS)) {
    const [whole, engaged, fact, object, id] = match
    if (object && !looksLikeId(id ?? '', `${object.toLowerCase()}:${id}`, why)) continue
    // `contact 003…` keeps its noun: it may be told as a row, not as the person.
    const noun = object && whole[object.length] === ' ' ? `${object} ` : ''
    parts.push(said(text.slice(done, match.index)) + noun)
    done = match.index + whole.length
    parts.push(
      fact === undefined ? (
        <RecordName key={match.index} object={(object ?? '').toLowerCase()} id={id ?? ''} why={why} plain={plain} />
      ) : (
        <EngagementName
          key={match.index}
          record={`${engaged}:${fact}`}
          fact={fact}
          why={why}
          plain={plain}
          named={/\bthe fallback $/.test(text.slice(0, match.index))}
        />
      ),
    )
  }
  parts.push(said(text.slice(done)))
  return parts.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence have their places only
    <Fragment key={place}>{part}</Fragment>
  ))
}

type Known = Pick<Explanation, 'names' | 'facts'>

/** `contact was dispositioned` speaks of no id: an id has a digit, or is known by name. */
const looksLikeId = (id: string, key: string, { names }: Known): boolean => /\d/.test(id) || key in names

function RecordName({ object, id, why, plain }: { object: string; id: string; why: Known; plain: boolean }) {
  const name = why.names[`${object}:${id}`]
  if (object === 'lead' || object === 'contact') {
    const label = name ?? short(id)
    return plain ? (
      label
    ) : (
      <Link to="/people/$id" params={{ id: `${object}:${id}` }} className={LINK} title={`${object} ${id}`}>
        {label}
      </Link>
    )
  }
  const fromFact = why.facts.find(({ values }) => values[object] === id && typeof values.name === 'string')?.values.name
  const label = typeof fromFact === 'string' ? `“${fromFact}”` : short(id)
  if (plain) return label
  return object === 'opportunity' ? (
    <Link to="/opportunities/$id" params={{ id }} className={LINK} title={`${object} ${id}`}>
      {label}
    </Link>
  ) : (
    <Link to="/accounts/$id" params={{ id }} className={LINK} title={`${object} ${id}`}>
      {label}
    </Link>
  )
}

/** An engagement goes by the day and kind of its fact, where the fact is at hand; else by the record it came from. */
function EngagementName({
  record,
  fact,
  why,
  plain,
  named,
}: {
  record: string
  fact: string
  why: Known
  plain: boolean
  /** The sentence has called it something already. */
  named: boolean
}) {
  const known = why.facts.find(({ id }) => id === fact.split('#', 1)[0])
  const noun = named ? '' : `the ${NOUNS[known?.kind ?? ''] ?? 'engagement'} `
  const label = known ? `${noun}of ${day(known.day)}` : readable(fact)
  return plain ? (
    label
  ) : (
    <WhyLink record={record} className={LINK} title={record}>
      {label}
    </WhyLink>
  )
}

const NOUNS: Readonly<Record<string, string>> = {
  'lead-created': 'new lead',
  'contact-created': 'new contact',
  'interaction-recorded': 'interaction',
  'campaign-member-set': 'campaign response',
  'task-recorded': 'task',
  'contact-role-added': 'contact role',
  'opportunity-created': 'opportunity',
}

/** `salesforce/Lead/00Q5g000000ecZYEAY/created` as `Lead …cZYEAY created`. */
function readable(fact: string): string {
  const [, object, id, ...what] = fact.split('/')
  return object && id ? [object, short(id), ...what].join(' ') : fact
}

const short = (id: string): string => (id.length > 12 ? `…${id.slice(-6)}` : id)
