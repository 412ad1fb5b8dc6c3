import type { Instant } from '@throughline/core'
import { TERRITORIES, type Territory } from './market.ts'
import { DAY, minutesLater } from './moments.ts'
import { type Random, randomFrom } from './random.ts'
import { idsOf } from './salesforce-id.ts'
import { FIRST_NAMES, LAST_NAMES, SELLER } from './vocabulary.ts'

/** Somebody, or something, that owns records and makes changes. */
export type Colleague = Readonly<{
  id: string
  firstName: string
  lastName: string
  name: string
  /** What stands before the name in sources, such as `BDR`. */
  role: string
  roleId: string
  title: string
  department: string
  managerId: string
  hiredAt: Instant
  /** Null while still there. */
  leftAt: Instant | null
}>

/** Leads wait in a queue until somebody takes them. */
export type Queue = Readonly<{ id: string; name: string; developerName: string }>

/** A desk in sales: several people may sit at it, one after another. */
type Seat = readonly Colleague[]

/** Everybody at the seller, and who does what where and when. */
export type Staff = Readonly<{
  users: readonly Colleague[]
  queues: readonly Queue[]
  /** The marketing automation platform's integration user. */
  platform: Colleague
  webToLead: Colleague
  operations: Colleague
  marketing: readonly Colleague[]
  managers: readonly Colleague[]
  queueOf(territory: Territory): Queue
  /** One of a territory's business development reps at a moment; `turn` chooses among them. */
  bdr(territory: Territory, at: Instant, turn: number): Colleague
  /** One of a territory's account executives at a moment. */
  executive(territory: Territory, at: Instant, turn: number): Colleague
}>

const PEOPLE_PER_REP = 400

/** Hires the seller's staff: about one rep for 400 people, with turnover, managers, marketing and integration users. */
export function hireStaff(seed: number | string, people: number, start: Instant, end: Instant): Staff {
  const random = randomFrom(seed, 'staff')
  const userId = idsOf('user')
  const roleId = idsOf('role')
  const queueId = idsOf('queue')
  const roles = new Map<string, string>()
  const users: Colleague[] = []
  const taken = new Set<string>()
  const founding = start - 400 * DAY

  const hire = (
    role: string,
    title: string,
    department: string,
    named?: readonly [string, string],
    from = founding,
  ) => {
    const [firstName, lastName] = named ?? personName(random, taken)
    if (!roles.has(role)) roles.set(role, roleId())
    const colleague: Colleague = {
      id: userId(),
      firstName,
      lastName,
      name: firstName ? `${firstName} ${lastName}` : lastName,
      role,
      roleId: roles.get(role) as string,
      title,
      department,
      managerId: '',
      hiredAt: from,
      leftAt: null,
    }
    users.push(colleague)
    return colleague
  }

  const platform = hire('MAP', 'Integration', 'Marketing', ['Marketing', 'Platform'])
  const webToLead = hire('Web', 'Integration', 'Marketing', ['', 'Web-to-Lead'])
  const operations = hire('RevOps', 'Revenue Operations Manager', 'Operations')
  const marketing = [
    hire('Marketing', 'Field Marketing Manager', 'Marketing'),
    hire('Marketing', 'Demand Generation Manager', 'Marketing'),
  ]

  const territories = TERRITORIES.values
  const queues = new Map<Territory, Queue>()
  for (const territory of territories) {
    const developerName = territory.queue.replace(/[^A-Za-z]+/g, '_')
    queues.set(territory, { id: queueId(), name: territory.queue, developerName })
  }

  const seats = { BDR: new Map<Territory, Seat[]>(), AE: new Map<Territory, Seat[]>() }
  const reps = Math.max(4, Math.floor(people / PEOPLE_PER_REP))
  const managers: Colleague[] = []
  for (let seat = 0; seat < reps; seat++) {
    if (seat % 8 === 0) managers.push(hire('Sales Manager', 'Sales Manager', 'Sales'))
    const manager = managers.at(-1) as Colleague
    const role = seat % 5 < 3 ? 'BDR' : 'AE'
    // The first seats of each role go round the territories; later ones follow the customers.
    const territory =
      seat < territories.length * 2 ? (territories[seat % territories.length] as Territory) : random.from(TERRITORIES)
    const list = seats[role].get(territory)
    const occupants = occupySeat(random, role, manager, start, end, hire, users)
    if (list) list.push(occupants)
    else seats[role].set(territory, [occupants])
  }

  const at = (role: 'BDR' | 'AE', territory: Territory, moment: Instant, turn: number): Colleague => {
    let list = seats[role].get(territory)
    if (!list) list = [...seats[role].values()][0] as Seat[]
    const seat = list[turn % list.length] as Seat
    return seat.find((one) => one.leftAt === null || moment < one.leftAt) as Colleague
  }

  return {
    users,
    queues: [...queues.values()],
    platform,
    webToLead,
    operations,
    marketing,
    managers,
    queueOf: (territory) => queues.get(territory) as Queue,
    bdr: (territory, moment, turn) => at('BDR', territory, moment, turn),
    executive: (territory, moment, turn) => at('AE', territory, moment, turn),
  }
}

type Hire = (
  role: string,
  title: string,
  department: string,
  named: readonly [string, string] | undefined,
  from: Instant,
) => Colleague

/** About every third desk changes hands once in the years we look at. */
function occupySeat(
  random: Random,
  role: 'BDR' | 'AE',
  manager: Colleague,
  start: Instant,
  end: Instant,
  hire: Hire,
  users: Colleague[],
): Seat {
  const title = role === 'BDR' ? 'Business Development Representative' : 'Account Executive'
  const seat: Colleague[] = []
  const add = (from: Instant, leftAt: Instant | null) => {
    const colleague: Colleague = { ...hire(role, title, 'Sales', undefined, from), managerId: manager.id, leftAt }
    users[users.length - 1] = colleague
    seat.push(colleague)
  }
  const hired = start - random.between(30, 390) * DAY
  if (random.chance(330)) {
    const days = Math.floor((end - start) / DAY)
    const change = start + random.between(Math.floor(days / 5), Math.floor((days * 4) / 5)) * DAY
    add(hired, change)
    add(minutesLater(random, change - DAY, 0, 600), null)
  } else add(hired, null)
  return seat
}

function personName(random: Random, taken: Set<string>): readonly [string, string] {
  // With more reps than names some share one, as in any large company.
  for (let attempt = 0; attempt < 20; attempt++) {
    const first = random.pick(FIRST_NAMES)
    const last = random.pick(LAST_NAMES)
    if (taken.has(`${first} ${last}`)) continue
    taken.add(`${first} ${last}`)
    return [first, last]
  }
  return [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)]
}

/** An e-mail address at the seller. */
export function staffAddress(colleague: Colleague): string {
  const name = `${colleague.firstName}.${colleague.lastName}`.replace(/^\./, '')
  return `${asciiOf(name).toLowerCase()}.${colleague.id.slice(11, 15).toLowerCase()}@${SELLER.domain}`
}

const PLAIN: Readonly<Record<string, string>> = { ø: 'o', Ø: 'O', ł: 'l', ß: 'ss', '’': '' }

/** Letters of addresses: accents taken off, blanks and signs made hyphens. */
export function asciiOf(text: string): string {
  if (/^[A-Za-z0-9.]*$/.test(text)) return text
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[øØłß’]/g, (letter) => PLAIN[letter] ?? '')
    .replace(/[^A-Za-z0-9.]+/g, '-')
}
