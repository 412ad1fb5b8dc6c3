import type { Instant } from '@throughline/core'
import type { Company } from './company.ts'
import type { Actor } from './crm.ts'
import { marketerOf } from './happenings.ts'
import type { Touch, TouchOrigin } from './touches.ts'

/** Who makes the row, whose it is, and how it starts out. */
export function reception(
  company: Company,
  origin: TouchOrigin,
  touch: Touch,
  now: Instant,
): Readonly<{ by: Actor; owner: Actor; status: string; leadSource: string }> {
  const { random, territory, turn, world } = company
  const { staff } = world
  const queue = staff.queueOf(territory)
  const rep = staff.bdr(territory, now, turn)
  const { leadSource } = touch
  switch (touch.channel) {
    case 'manual':
      return { by: rep, owner: rep, status: random.chance(300) ? 'Working' : 'Open', leadSource }
    case 'list-upload': {
      const by = marketerOf(company)
      if (origin === 'bought-list' && random.chance(30)) return { by, owner: queue, status: 'Disqualified', leadSource }
      if (random.chance(40)) return { by, owner: rep, status: 'Routed', leadSource }
      return { by, owner: queue, status: 'Open', leadSource }
    }
    default: {
      const by = origin === 'blocked-script' ? staff.webToLead : staff.platform
      return { by, owner: queue, status: 'Open', leadSource }
    }
  }
}
