import type { Column } from '../client.ts'
import { Check } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { Popover } from '../ui/popover.tsx'

/** Which columns a table shows. */
export function ColumnChoice({
  all,
  shown,
  onChange,
}: {
  all: readonly Column[]
  shown: readonly string[]
  /** The keys, in the report's order; undefined for all. */
  onChange: (keys: readonly string[] | undefined) => void
}) {
  const toggle = (key: string, on: boolean) => {
    const wanted = all.filter((column) => (column.key === key ? on : shown.includes(column.key))).map(({ key }) => key)
    if (wanted.length > 0) onChange(wanted.length === all.length ? undefined : wanted)
  }
  return (
    <Popover
      label="Columns"
      align="right"
      button={
        <>
          <Icon name="columns" className="size-3.5" />
          Columns
        </>
      }
    >
      {() => (
        <div className="grid gap-2">
          {all.map(({ key, label }) => (
            <Check key={key} checked={shown.includes(key)} onChange={(on) => toggle(key, on)}>
              {label}
            </Check>
          ))}
          <button
            type="button"
            onClick={() => onChange(undefined)}
            className="mt-1 justify-self-start text-sm font-medium text-accent-ink hover:underline"
          >
            As it comes
          </button>
        </div>
      )}
    </Popover>
  )
}
