import { weighted } from './random.ts'

/** The company that the export belongs to sells software and robots for warehouses. */
export const SELLER = { name: 'Harbourline Robotics', domain: 'harbourline.example' } as const

/** Names of people, of many places, some with letters that careless tools spoil. */
export const FIRST_NAMES = (
  'Aaliyah Adam Aiko Alejandra Amara Amélie Anders Andrea Anika Antonio Arjun Astrid Beatriz Benjamin Björn Brooke ' +
  'Caleb Camila Carmen Cédric Chidi Chloe Clara Connor Daniela Darius David Delphine Diego Dmitri Ebony Eilidh Elena ' +
  'Elif Emeka Emma Erik Esther Ethan Fatima Felix Fiona Francesca Freya Gabriel Genevieve Gökhan Grace Gustavo Hana ' +
  'Hannah Haruto Hassan Helena Hiroshi Ibrahim Ines Ingrid Isaac Isabel Ivan Jakub Jamal Jasmin Javier Jérôme Jonas ' +
  'Joshua Julia Kaito Karim Katarzyna Keisha Kenji Kwame Lara Lars Laura Leila Leo Liam Linnea Lucía Luca Magnus Malik ' +
  'Marcus Maria Marta Mateo Maya Mei Mia Michael Miguel Nadia Naomi Natalie Nikolai Nina Noah Nora Oliver Olivia Omar ' +
  'Oskar Patrick Paula Pedro Petra Priya Rachel Rafael Rajesh Renée Ricardo Rosa Ryan Sakura Samuel Sanjay Sara Sean ' +
  'Sergio Silvia Simone Sofia Søren Stella Sunita Takumi Tamara Tariq Tatiana Thomas Tobias Ursula Valentina Vera ' +
  'Victor Vikram William Xavier Yara Yuki Yusuf Zainab Zoë'
).split(' ')

/** Family names. */
export const LAST_NAMES = (
  'Abara Adeyemi Aguilar Ahmed Almeida Andersson Araújo Bailey Banerjee Baptiste Barnes Becker Bennett Berg Bianchi Boateng ' +
  'Brandt Brooks Byrne Calloway Campbell Carter Castillo Chandra Chen Cole Costa Cruz Dahl Delgado Desai Dietrich Dixon ' +
  'Doyle Dubois Eze Farrell Ferreira Fischer Fleming Fontaine Forsyth Foster Fraser Fujita Gallagher Garcia Gibson ' +
  'González Goodwin Graham Greene Gupta Gustafsson Hakimi Hansen Harper Hartmann Hayashi Hayes Herrera Hoang Hoffmann ' +
  'Holm Hughes Ibarra Iyer Jansen Jensen Johansson Kaplan Kapoor Kato Keller Kelly Khan Kimura Kowalski Kovács Krüger ' +
  'Lambert Larsen Lefèvre Lehmann Lindqvist Lopez Lund MacLeod Mahmoud Marchetti Marsh Martins Matsuda Mbeki McCarthy ' +
  'Mehta Mendoza Meyer Moreau Moretti Müller Murphy Nakamura Nasser Navarro Nguyen Nielsen Novak Núñez Nwosu O’Brien ' +
  'Okafor Olsen Ortega Osei Palmer Park Patel Pereira Petrov Pham Pinto Popescu Price Quinn Ramirez Rao Reyes Ricci ' +
  'Richter Rivera Romano Rossi Roux Rowe Saito Salazar Santos Sato Schmidt Schneider Shah Silva Singh Sørensen Soto ' +
  'Stewart Suzuki Takahashi Tanaka Thompson Tran Turner Vargas Vasquez Vogel Wagner Walker Walsh Watanabe Weber Whitaker ' +
  'Williams Wójcik Wright Yamada Yilmaz Young Zhang Zimmermann'
).split(' ')

/** Parts that company names are put together from. */
export const COMPANY_STEMS = (
  'Acorn Alder Anchor Apex Arbor Argent Aster Atlas Aurora Beacon Birch Blackwater Blue Heron Boreal Bramble Bright Brook ' +
  'Canyon Cascade Cedar Cinder Cobalt Compass Copper Coral Crescent Crown Delta Drift Eastgate Elm Ember Evergreen Falcon ' +
  'Fern Flint Fox Gable Garnet Glacier Golden Granite Grove Harvest Hawthorn Hazel Heath Hillcrest Horizon Indigo Iron ' +
  'Ivory Jasper Juniper Keystone Lantern Larch Laurel Ledge Linden Lumen Maple Marble Meadow Meridian Mill Mistral Moss ' +
  'Nimbus North Northgate Oak Obsidian Ochre Olive Onyx Opal Orchard Osprey Pacific Palisade Peak Pebble Pine Pioneer Polar ' +
  'Prairie Quarry Quartz Quill Raven Redwood Ridge River Rowan Saffron Sage Sequoia Sierra Silver Slate Solstice Spruce ' +
  'Sterling Stone Summit Sycamore Tamarack Tern Thistle Timber Topaz Umber Union Valley Vista Walnut Westfield Willow Zephyr'
).split(' ')

/** Lines of business that may follow a stem, each with the industry it belongs to. */
export const COMPANY_TRADES: readonly (readonly [trade: string, industry: string])[] = [
  ['Logistics', 'Transportation'],
  ['Freight', 'Transportation'],
  ['Distribution', 'Wholesale'],
  ['Wholesale', 'Wholesale'],
  ['Foods', 'Food & Beverage'],
  ['Beverages', 'Food & Beverage'],
  ['Retail Group', 'Retail'],
  ['Outfitters', 'Retail'],
  ['Pharma', 'Healthcare'],
  ['Medical Supply', 'Healthcare'],
  ['Components', 'Manufacturing'],
  ['Machine Works', 'Manufacturing'],
  ['Chemicals', 'Chemicals'],
  ['Packaging', 'Manufacturing'],
  ['Electronics', 'Electronics'],
  ['Apparel', 'Retail'],
  ['Home & Garden', 'Retail'],
  ['Cold Storage', 'Transportation'],
  ['Auto Parts', 'Automotive'],
  ['Fulfilment', 'Transportation'],
]

/** What people in a buying group do, and the role they play in it. */
export const TITLES = weighted<readonly [title: string, role: string]>([
  [['Warehouse Manager', 'Evaluator'], 14],
  [['Director of Operations', 'Decision Maker'], 12],
  [['VP Supply Chain', 'Executive Sponsor'], 8],
  [['Logistics Coordinator', 'Influencer'], 10],
  [['Automation Engineer', 'Technical Buyer'], 10],
  [['IT Manager', 'Technical Buyer'], 9],
  [['Head of Fulfilment', 'Decision Maker'], 9],
  [['Procurement Manager', 'Economic Buyer'], 9],
  [['Continuous Improvement Lead', 'Business User'], 7],
  [['Chief Operating Officer', 'Economic Decision Maker'], 4],
  [['Plant Manager', 'Evaluator'], 6],
  [['Student', 'Other'], 2],
])
