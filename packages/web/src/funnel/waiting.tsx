import { WaitingRows } from '../ui/states.tsx'

/** A part of the page that is on its way. */
export function WaitingPart() {
  return (
    <div className="rounded-xl border border-line bg-surface">
      <WaitingRows rows={8} className="h-7" />
    </div>
  )
}
