import { type ReactNode, useId } from 'react'
import { Icon } from './icons.tsx'

/** One of a few options, all in sight. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string
  options: Readonly<Record<Value, string>>
  value: Value
  onChange: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className="relative inline-flex max-w-full min-w-0 overflow-x-auto rounded-lg border border-line bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {(Object.keys(options) as Value[]).map((option) => (
        <label
          key={option}
          className="cursor-pointer rounded-md px-2.5 py-0.75 text-sm whitespace-nowrap text-muted max-sm:px-2 max-sm:text-[0.8rem] hover:text-ink has-checked:bg-chosen has-checked:font-medium has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:-outline-offset-1 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option === value}
            onChange={() => onChange(option)}
          />
          {options[option]}
        </label>
      ))}
    </fieldset>
  )
}

/** One of many options. */
export function Choice<Value extends string>({
  label,
  options,
  value,
  onChange,
  showLabel = false,
}: {
  label: string
  options: readonly Readonly<{ value: Value; label: string }>[]
  value: Value
  onChange: (value: Value) => void
  showLabel?: boolean
}) {
  return (
    <label className="inline-flex min-w-0 items-center gap-2 text-sm">
      <span className={showLabel ? 'text-muted' : 'sr-only'}>{label}</span>
      <span className="relative inline-flex min-w-0">
        <select
          value={value}
          onChange={(event) => onChange(event.target.value as Value)}
          className="h-8 max-w-48 appearance-none truncate rounded-lg border border-line-strong bg-surface pr-7 pl-2.5 hover:bg-sunken"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron" className="pointer-events-none absolute top-2.5 right-2 size-3 text-muted" />
      </span>
    </label>
  )
}

/** A yes-or-no setting. */
export function Check({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) {
  return (
    <label className="inline-flex cursor-pointer items-center gap-2 text-sm">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
      {children}
    </label>
  )
}

/** A quiet button or link look. */
export const QUIET =
  'inline-flex h-8 items-center gap-1.5 rounded-lg border border-line-strong bg-surface px-2.5 text-sm font-medium whitespace-nowrap hover:bg-sunken'

/** A link to the same figures as a file. */
export function CsvLink({ href }: { href: string }) {
  return (
    <a href={href} download className={QUIET}>
      <Icon name="download" className="size-3.5" />
      CSV
    </a>
  )
}

/** The page's name, what it answers, and what can be set. */
export function PageHead({ title, children, lead }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {lead && <p className="mt-0.5 text-sm text-muted">{lead}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  )
}
