import { useQuery } from '@tanstack/react-query'
import { decimalsOf } from '@throughline/core'
import type { Comparison, FilterDescription } from '@throughline/engine/reports'
import { useId, useState } from 'react'
import { reportQuery } from '../client.ts'
import { DIMENSIONS, type Dimension } from '../search.ts'
import { Chip } from '../ui/chip.tsx'
import { Icon } from '../ui/icons.tsx'
import { Popover } from '../ui/popover.tsx'
import { COMPARISONS, comparisonsOf, fieldLabel, sentenceOf, without, writeFilter } from './conditions.ts'

/** The conditions that hold, each removable, and the way to add one. */
export function FilterBar({
  fields,
  where = [],
  currency,
  onChange,
}: {
  /** What can be spoken of. */
  fields: readonly FilterDescription[]
  where: readonly string[] | undefined
  currency: string
  onChange: (where: string[] | undefined) => void
}) {
  if (fields.length === 0) return null
  return (
    <>
      {where.map((text) => {
        const says = sentenceOf(text, fields, currency)
        return (
          <Chip key={text} name={says} onRemove={() => onChange(without(where, text))}>
            {says}
          </Chip>
        )
      })}
      <Popover
        label="Add a filter"
        button={
          <>
            <Icon name="funnel" className="size-3.5" />
            Filter
          </>
        }
      >
        {(close) => (
          <NewFilter
            fields={fields}
            currency={currency}
            onAdd={(text) => {
              onChange([...where.filter((one) => one !== text), text])
              close()
            }}
          />
        )}
      </Popover>
    </>
  )
}

const FIELD = 'h-9 w-full min-w-0 rounded-lg border border-line-strong bg-surface px-2.5 text-sm'

function NewFilter({
  fields,
  currency,
  onAdd,
}: {
  fields: readonly FilterDescription[]
  currency: string
  onAdd: (text: string) => void
}) {
  const [name, setName] = useState(fields[0]?.field ?? '')
  const [comparison, setComparison] = useState<Comparison>('is')
  const [value, setValue] = useState('')
  const ids = [useId(), useId(), useId(), useId()] as const
  const field = fields.find((one) => one.field === name)
  const allowed = field ? comparisonsOf(field) : []
  const compared = allowed.includes(comparison) ? comparison : 'is'
  const choices = field?.type === 'choice' ? (field.choices ?? []) : []
  const given = choices.length > 0 && !choices.includes(value) ? (choices[0] ?? '') : value.trim()
  return (
    <form
      className="grid gap-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (field && given !== '')
          onAdd(writeFilter({ field: name, comparison: compared, value: written(given, field, currency) }))
      }}
    >
      <label htmlFor={ids[0]} className="sr-only">
        Field
      </label>
      <select
        id={ids[0]}
        className={FIELD}
        value={name}
        onChange={(event) => {
          setName(event.target.value)
          setValue('')
        }}
      >
        {fields.map(({ field }) => (
          <option key={field} value={field}>
            {fieldLabel(field)}
          </option>
        ))}
      </select>
      <label htmlFor={ids[1]} className="sr-only">
        Comparison
      </label>
      <select
        id={ids[1]}
        className={FIELD}
        value={compared}
        onChange={(event) => setComparison(event.target.value as Comparison)}
      >
        {allowed.map((one) => (
          <option key={one} value={one}>
            {COMPARISONS[one].says}
          </option>
        ))}
      </select>
      <label htmlFor={ids[2]} className="sr-only">
        Value
      </label>
      {choices.length > 0 ? (
        <select id={ids[2]} className={FIELD} value={given} onChange={(event) => setValue(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <>
          <input
            id={ids[2]}
            className={FIELD}
            type={field?.type === 'day' ? 'date' : field?.type === 'text' ? 'text' : 'number'}
            step={field?.type === 'money' ? '0.01' : undefined}
            list={ids[3]}
            value={value}
            autoComplete="off"
            placeholder="Value"
            onChange={(event) => setValue(event.target.value)}
          />
          <Options id={ids[3]} field={name} />
        </>
      )}
      {field && <p className="text-xs text-muted">{field.description}</p>}
      <button
        type="submit"
        disabled={given === ''}
        className="h-9 rounded-lg bg-accent px-3 text-sm font-medium text-on-accent disabled:opacity-50"
      >
        Add
      </button>
    </form>
  )
}

/** Amounts are typed in the currency and compared in its minor units. */
function written(value: string, { type }: FilterDescription, currency: string): string {
  return type === 'money' ? String(Math.round(Number(value) * 10 ** decimalsOf(currency))) : value
}

/** The values a dimension has, to choose from while typing. */
function Options({ id, field }: { id: string; field: string }) {
  const known = field in DIMENSIONS
  const options = useQuery({
    ...reportQuery('sources', { by: (known ? field : 'medium') as Dimension, limit: 200 }),
    enabled: known,
  })
  return (
    <datalist id={id}>
      {known && options.data?.rows.map((row) => <option key={JSON.stringify(row)} value={String(row.option ?? '')} />)}
    </datalist>
  )
}
