import { type Rules, readScenario, type Scenario, type ScenarioProblem } from '@throughline/core'
import { RulesDocument } from './rules-document.ts'
import { UnknownZoneError, zoneOf } from './zone.ts'

/**
 * Reads a scenario as people write it: its settings are checked as a rules document is, and a time zone may be given by
 * its IANA name, which the core cannot look up. A zone given as a table of offsets is taken as it is.
 */
export function readScenarioDocument(document: unknown): Scenario | ScenarioProblem {
  if (!isObject(document) || !isObject(document.settings)) return readScenario(document)
  const { organisation, ...others } = document.settings
  const { zone, ...aboutOrganisation } = isObject(organisation) ? organisation : {}
  const settings = {
    ...others,
    ...(organisation !== undefined && { organisation: isObject(organisation) ? aboutOrganisation : organisation }),
  }
  const checked = RulesDocument.safeParse(settings)
  if (!checked.success) {
    // The core names the settings there are instead of one it does not know.
    const read = readScenario({ ...document, settings })
    if ('problem' in read && read.place === 'settings') return read
    const [issue] = checked.error.issues
    return problem(
      `${issue?.path.join('.') || 'the settings'}: ${issue?.message ?? 'cannot be used'}`,
      'write it as in the rules document',
    )
  }
  let table: Rules['organisation']['zone'] | undefined
  try {
    table = tableOf(zone)
  } catch (error) {
    if (error instanceof UnknownZoneError) return problem(`organisation.zone: ${error.message}`, 'correct the name')
    throw error
  }
  return readScenario({
    ...document,
    settings: { ...checked.data, organisation: { ...checked.data.organisation, ...(table && { zone: table }) } },
  })
}

/** @throws UnknownZoneError */
function tableOf(zone: unknown): Rules['organisation']['zone'] | undefined {
  if (zone === undefined || zone === null) return undefined
  if (typeof zone === 'string') return zoneOf(zone)
  if (!isObject(zone) || typeof zone.name !== 'string') throw new UnknownZoneError('it has no name')
  return Array.isArray(zone.offsets)
    ? { name: zone.name, offsets: zone.offsets as [number, number][] }
    : zoneOf(zone.name)
}

function problem(what: string, remedy: string): ScenarioProblem {
  return { place: 'settings', problem: what, remedy }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
