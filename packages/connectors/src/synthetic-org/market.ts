import { weighted } from './random.ts'

/** A part of the world that some people of sales look after. */
export type Territory = Readonly<{
  name: string
  /** The queue that new leads wait in. */
  queue: string
  /** Whole hours from UTC at which people there work: close enough for a story. */
  zoneHours: number
  currency: string
  /** Minor units of the currency for one US cent, by and large. */
  priceLevel: number
  countries: readonly string[]
  phonePrefix: string
}>

const AMERICAS_EAST: Territory = {
  name: 'Americas East',
  queue: 'Inbound - Americas East',
  zoneHours: -5,
  currency: 'USD',
  priceLevel: 1,
  countries: ['United States', 'United States', 'United States', 'Canada'],
  phonePrefix: '+1 555 01',
}

const TERRITORIES_AND_WEIGHTS: readonly (readonly [Territory, number])[] = [
  [AMERICAS_EAST, 30],
  [
    {
      name: 'Americas West',
      queue: 'Inbound - Americas West',
      zoneHours: -8,
      currency: 'USD',
      priceLevel: 1,
      countries: ['United States', 'USA', 'United States', 'Mexico'],
      phonePrefix: '+1 555 01',
    },
    24,
  ],
  [
    {
      name: 'Continental Europe',
      queue: 'Inbound - Europe',
      zoneHours: 1,
      currency: 'EUR',
      priceLevel: 1,
      countries: ['Germany', 'France', 'Netherlands', 'Spain', 'Italy', 'Sweden', 'Deutschland'],
      phonePrefix: '+49 555 01',
    },
    22,
  ],
  [
    {
      name: 'UK & Ireland',
      queue: 'Inbound - UKI',
      zoneHours: 0,
      currency: 'GBP',
      priceLevel: 1,
      countries: ['United Kingdom', 'UK', 'Ireland'],
      phonePrefix: '+44 1632 9600',
    },
    15,
  ],
  [
    {
      name: 'Japan',
      queue: 'Inbound - Japan',
      zoneHours: 9,
      currency: 'JPY',
      priceLevel: 150,
      countries: ['Japan'],
      phonePrefix: '+81 3 5550 01',
    },
    9,
  ],
]

/** Where customers are, by how many of them. */
export const TERRITORIES = weighted(TERRITORIES_AND_WEIGHTS)

/** The stages an opportunity passes, with the probability that Salesforce sets along. */
export const STAGE_PROBABILITY: Readonly<Record<string, number>> = {
  Prospecting: 10,
  Qualification: 10,
  'Needs Analysis': 20,
  'Value Proposition': 50,
  'Id. Decision Makers': 60,
  'Perception Analysis': 70,
  'Proposal/Price Quote': 75,
  'Negotiation/Review': 90,
  'Closed Won': 100,
  'Closed Lost': 0,
}

/** Open stages in the order most deals take. */
export const OPEN_STAGES = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Id. Decision Makers',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
] as const

/** Lead Sources that people in the company choose when no tag tells better; the last few are sloppy. */
export const SALES_LEAD_SOURCES = weighted<string>([
  ['Sales - Outside Sales', 40],
  ['Sales - Inside Sales', 25],
  ['Channel - Deal Registration', 15],
  ['Sales - Tradeshow/Event', 8],
  ['', 7],
  ['Other/Unknown', 3],
  ['sales outside', 1],
  ['Partner', 1],
])
