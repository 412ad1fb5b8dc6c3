import { useId, useState } from 'react'
import { period as periodText } from '../format.ts'
import { isDay, type Period, type PeriodSearch, RANGES, type Range } from '../period.ts'
import { Choice, QUIET } from './controls.tsx'

/** A period by name, or any two days. */
export function PeriodPicker({
  search,
  period,
  fallback,
  onChange,
}: {
  search: PeriodSearch
  period: Period
  fallback: Range
  onChange: (period: PeriodSearch) => void
}) {
  const custom = search.from !== undefined || search.to !== undefined
  const [open, setOpen] = useState(custom)
  const [from, to] = [useId(), useId()]
  const options = [
    ...Object.entries(RANGES).map(([value, label]) => ({ value, label })),
    { value: 'custom', label: 'Between two days …' },
  ]
  const set = (changed: Period) => {
    const { from, to } = { from: period.from, to: period.to, ...changed }
    onChange({ ...(isDay(from) && { from }), ...(isDay(to) && { to }) })
  }
  return (
    <>
      {(open || custom) && (
        <span className="inline-flex items-center gap-1 text-sm">
          <label htmlFor={from} className="sr-only">
            First day
          </label>
          <input
            id={from}
            type="date"
            defaultValue={period.from}
            max={period.to}
            onChange={(event) => isDay(event.target.value) && set({ from: event.target.value })}
            className={QUIET}
          />
          <span aria-hidden="true">–</span>
          <label htmlFor={to} className="sr-only">
            Last day
          </label>
          <input
            id={to}
            type="date"
            defaultValue={period.to}
            min={period.from}
            onChange={(event) => isDay(event.target.value) && set({ to: event.target.value })}
            className={QUIET}
          />
        </span>
      )}
      {!(open || custom) && (period.from || period.to) && (
        <span className="hidden text-sm text-muted sm:inline">{periodText(period.from, period.to)}</span>
      )}
      <Choice
        label="Period"
        options={options}
        value={custom || open ? 'custom' : (search.range ?? fallback)}
        onChange={(value) => {
          setOpen(value === 'custom')
          if (value !== 'custom') onChange({ range: value as Range })
        }}
      />
    </>
  )
}
