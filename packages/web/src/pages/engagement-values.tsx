import type { Engagement } from '../client.ts'
import { Icon } from '../ui/icons.tsx'
import { WhyLink } from '../why-panel.tsx'

type Line = Readonly<{
  label: string
  first?: string | undefined
  last?: string | undefined
  reporting?: string | null
}>

/** Where an engagement came from, from the department down, as reports say it. Unmapped levels are left out. */
export function SourcePath({ engagement, className = '' }: { engagement: Engagement; className?: string }) {
  const { department, mediumCategory, medium, source, campaign } = engagement.reporting
  const steps = [mapped(department), mapped(mediumCategory), medium ?? 'No medium', source, campaign].filter(
    (step): step is string => typeof step === 'string',
  )
  return (
    <span className={`flex flex-wrap items-center gap-x-1.5 ${className}`}>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: levels may bear the same text
        <span key={index} className="inline-flex items-center gap-1.5">
          {index > 0 && <Icon name="right" className="size-2.5" />}
          <span className="break-all">{step}</span>
        </span>
      ))}
    </span>
  )
}

const mapped = (option: string): string | null => (option === 'Unmapped' ? null : option)

/** Whether reports show something else than what arrived, or the last click something else than the first. */
export function hasSeveralValues(engagement: Engagement): boolean {
  return linesOf(engagement).some(differs)
}

const differs = ({ first, last, reporting }: Line): boolean =>
  (last !== undefined && last !== first) || (reporting !== undefined && (reporting ?? undefined) !== first)

/** What arrived with an engagement, first and last click, beside what reports show. */
export function EngagementValues({ engagement }: { engagement: Engagement }) {
  const lines = linesOf(engagement).filter(({ first, last, reporting }) => first || last || reporting)
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[26rem] text-sm">
        <caption className="sr-only">Values as they arrived, and as reports show them</caption>
        <thead>
          <tr className="text-left text-xs text-muted">
            <th scope="col" className="py-1 pr-3 font-medium">
              Value
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              First click
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              Last click
            </th>
            <th scope="col" className="py-1 font-medium">
              In reports
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.label} className="border-t border-line align-top">
              <th scope="row" className="py-1 pr-3 text-left font-normal text-muted">
                {line.label}
              </th>
              <td className="py-1 pr-3 break-all">{line.first ?? '–'}</td>
              <td className={`py-1 pr-3 break-all ${line.last !== line.first ? '' : 'text-muted'}`}>
                {line.last ?? '–'}
              </td>
              <td
                className={`py-1 break-all ${line.reporting !== undefined && line.reporting !== line.first ? 'font-medium' : 'text-muted'}`}
              >
                {line.reporting === undefined ? '' : (line.reporting ?? '–')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 flex flex-wrap gap-x-3 text-xs text-muted">
        {engagement.mediumInput && <span>Medium from {engagement.mediumInput}</span>}
        <span>Triggered by {engagement.triggeredBy}</span>
        {engagement.corrected && (
          <span>
            Corrected by {engagement.corrected.by.join(', ')}: {originalsOf(engagement).join(', ')}
          </span>
        )}
        <WhyLink record={`${engagement.id}#values`} className="text-accent-ink hover:underline">
          Where they came from
        </WhyLink>
      </p>
    </div>
  )
}

function linesOf({ first, last, reporting, engagementType }: Engagement): Line[] {
  return [
    { label: 'Department', reporting: reporting.department },
    { label: 'Medium category', reporting: reporting.mediumCategory },
    { label: 'Medium', first: first.medium, last: last.medium, reporting: reporting.medium },
    { label: 'Source', first: first.source, last: last.source, reporting: reporting.source },
    {
      label: 'Campaign',
      first: first.campaign,
      last: last.campaign,
      reporting: reporting.campaign,
    },
    {
      label: 'Content',
      first: first.content,
      last: last.content,
      reporting: reporting.content,
    },
    { label: 'Term', first: first.term, last: last.term, reporting: reporting.term },
    {
      label: 'Engagement type',
      first: engagementType ?? undefined,
      last: engagementType ?? undefined,
      reporting: reporting.engagementType,
    },
    { label: 'Type category', reporting: reporting.engagementTypeCategory },
  ].filter(({ reporting: shown }) => shown !== 'Unmapped')
}

/** What corrections replaced, in words. */
function originalsOf({ first, last, engagementType, corrected }: Engagement): string[] {
  if (!corrected) return []
  const tags = ['medium', 'source', 'campaign', 'content', 'term'] as const
  const values = [
    ...tags.map((tag) => [`first ${tag}`, corrected.first[tag], first[tag]] as const),
    ...tags.map((tag) => [`last ${tag}`, corrected.last[tag], last[tag]] as const),
    ['engagement type', corrected.engagementType, engagementType] as const,
  ]
  return values
    .filter(([, before, now]) => (before ?? null) !== (now ?? null))
    .map(([label, before]) => `${label} was ${before ? `“${before}”` : 'blank'}`)
}
