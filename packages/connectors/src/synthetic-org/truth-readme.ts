import { ORG_FILES } from './files.ts'
import type { OrgOptions } from './organisation.ts'

/** Explains the files under `truth/` to whoever compares a derived result with them. */
export function truthReadme({ people, seed, until }: OrgOptions, asOf: string): string {
  return `# The truth about this made-up company

${people} people, seed ${JSON.stringify(seed)}, history up to ${until}. These files are not part of the export. They hold what the
generator knows because it made the stories up, as of ${asOf}, under the default rules: statuses Routed and
Working for stages 2 and 3; Disqualified, No Response and Recycled as dispositions; 90 days of dormancy, looked for
daily at 00:05 UTC; 15 minutes of grace for contact roles. Times are ISO 8601 in UTC, down to the second. A *human* is
a person as nature knows them, whatever rows the CRM has. A *cause* is the record that made something happen: the
creation of a Lead or Contact, an Interaction, an OpportunityContactRole that brought a dormant contact back, or an
Opportunity that nobody began. An engagement derived from the export has exactly one cause.

An interaction that no file here names was sent a second time by mistake within five minutes [D7]: no engagement.

## people.csv
${columns('truth/people.csv')}
Every lead and contact row and whose it is. \`merged_into\` is the surviving row of a merge. \`known_to_crm\` is no for
rows that are the same human as others without a conversion or merge that says so.

## activations.csv
${columns('truth/activations.csv')}
Interactions that began a journey. \`records\` lists all rows of the human. Stage 2 and 3 times, \`completed_at\` and \`outcome\` are blank where
not reached. \`really\` is no where only the CRM must see an activation here: the stand-in for an opportunity
whose beginning nobody entered, or the role of somebody who was not dormant at all; the times are then those the CRM
must see. \`voided\` is true for a stand-in that a real activation took the place of.

## influences.csv
${columns('truth/influences.csv')}
Interactions inside a journey, and the cause of the activation that began it.

## opportunities.csv
${columns('truth/opportunities.csv')}
What really began each opportunity: the cause of an activation, or the opportunity itself where nobody did.
\`contact_id\` is the starter's contact row, blank where they have none. \`weights\` lists the touches that really
mattered as \`Object:id=share\`, separated by semicolons; shares are thousandths that add up to 1000. A deleted
opportunity was entered twice by mistake and has no beginning of its own.

## differences.csv
${columns('truth/differences.csv')}
Wherever the rules cannot see the truth: field by field what is true, what must be derived from the export instead,
and the number of the rule that explains it. An empty \`truth\` in every field means that there was nothing; an empty \`seen\`
that nothing may be derived. Fields are those of activations.csv; \`record_type\`, \`parent\` (the cause of the
activation an influencing engagement belongs to) and, for opportunities, \`attribution_activation\`.

Where \`explained_by\` is blank anywhere, the derived result must agree to the second.

| rule | what the CRM cannot know |
|---|---|
| I9 | a lead and a contact row are one human, and nobody has converted or merged them |
| A1 | two rows of one human each began a journey of their own; a merge later does not change the activation's type |
| I4 | a merge takes stages 2 and 3 together from one of the two journeys |
| N1 | somebody began the opportunity, and nobody entered a contact role for them |
| N5 | the role came after the grace period: the stand-in is voided, or somebody else who was entered is credited |
| N6 | the role came when the CRM took the person for dormant: too late to be credited |
| M1 | the role of such a person begins a journey that was never interrupted |
| L7 | somebody else was entered first, and credit does not move |
`
}

function columns(file: keyof typeof ORG_FILES): string {
  return `\`${ORG_FILES[file].join(', ')}\`\n`
}
