import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { Editor } from '../scenarios/editor.tsx'
import { EXAMPLES } from '../scenarios/examples.ts'
import { packed, unpacked } from '../scenarios/link.ts'
import { Outcome } from '../scenarios/outcome.tsx'
import { type Ran, run, type Unreadable } from '../scenarios/run.ts'
import { Choice, PageHead, QUIET } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useTitle } from '../ui/title.ts'

const FIRST = 'S01a-sarah'
const OWN = ''

/** A history in plain words and what should follow from it, run as one types by the core the server runs. */
export function ScenariosPage() {
  useTitle('Scenarios')
  const { example, text: shared } = useSearch({ from: '/scenarios' })
  const navigate = useNavigate({ from: '/scenarios' })
  const given = EXAMPLES.find(({ id }) => id === (example ?? FIRST))
  const [text, setText] = useState(given?.text ?? '')
  const [copied, setCopied] = useState(false)
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (shared === undefined) {
      setText(given?.text ?? '')
      setLost(false)
      return
    }
    let current = true
    void unpacked(shared).then((found) => {
      if (!current) return
      setLost(found === undefined)
      if (found !== undefined) setText(found)
    })
    return () => {
      current = false
    }
  }, [shared, given])
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])

  const wanted = useDeferredValue(text)
  const outcome = useMemo(() => run(wanted), [wanted])
  const changed = text !== given?.text
  const share = async () => {
    const address = changed ? `?text=${await packed(text)}` : `?example=${given?.id}`
    await navigate({ search: changed ? { text: await packed(text) } : { example: given?.id }, replace: true })
    await navigator.clipboard?.writeText(`${location.origin}${location.pathname}${address}`)
    setCopied(true)
  }
  return (
    <>
      <PageHead
        title="Scenarios"
        lead="Write a history in plain words and what should follow. It runs as you type, here in the browser, by the rules that run your data."
      >
        <Choice
          label="Example"
          showLabel
          options={[
            ...(changed ? [{ value: OWN, label: 'Your own' }] : []),
            ...EXAMPLES.map(({ id, name }) => ({ value: id, label: `${id.split('-')[0]} ${name}` })),
          ]}
          value={changed ? OWN : (given?.id ?? OWN)}
          onChange={(id) => id !== OWN && void navigate({ search: { example: id } })}
        />
        <button type="button" onClick={() => void share()} className={QUIET}>
          {copied ? 'Copied' : 'Copy link'}
        </button>
        <a
          href={`data:application/yaml;charset=utf-8,${encodeURIComponent(text)}`}
          download={`${changed ? 'scenario' : given?.id}.yaml`}
          className={QUIET}
        >
          <Icon name="download" className="size-3.5" />
          YAML
        </a>
      </PageHead>
      {lost && (
        <p role="alert" className="mb-4 rounded-lg bg-warn-soft px-4 py-2.5 text-sm">
          The link’s scenario cannot be read: part of the address is missing. Ask for the link again.
        </p>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,11fr)_minmax(0,10fr)]">
        <Editor text={text} onChange={setText} marks={marksOf(outcome)} />
        <Outcome outcome={outcome} />
      </div>
    </>
  )
}

/** What stands beside the lines of the text: checks that hold or not, and the line that cannot be understood. */
function marksOf(outcome: Ran | Unreadable): ReadonlyMap<number, 'holds' | 'fails' | 'unreadable'> {
  if ('problem' in outcome) return new Map(outcome.line === undefined ? [] : [[outcome.line, 'unreadable'] as const])
  return new Map(
    outcome.checks.flatMap(({ line, differences }) =>
      line === undefined ? [] : [[line, differences.length === 0 ? 'holds' : 'fails'] as const],
    ),
  )
}
