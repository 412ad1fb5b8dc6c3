import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { Icon } from './ui/icons.tsx'
import { Modal } from './ui/modal.tsx'
import { WaitingRows } from './ui/states.tsx'

const Reasons = lazy(() => import('./reasons.tsx').then(({ Reasons }) => ({ default: Reasons })))

/** Opens the reasons of a record beside what is shown; the address remembers it. */
export function WhyLink({
  record,
  className,
  label,
  title,
  children,
}: {
  record: string
  className?: string
  label?: string
  title?: string
  children: ReactNode
}) {
  return (
    <Link
      to="."
      search={(search: Record<string, unknown>) => ({ ...search, why: record })}
      hash={true}
      replace
      resetScroll={false}
      hashScrollIntoView={false}
      aria-label={label}
      aria-haspopup="dialog"
      title={title}
      className={className}
    >
      {children}
    </Link>
  )
}

/** The reasons of the record that the address names: what is so or not so, by which rule, from which facts. */
export function WhyPanel() {
  const { why } = useSearch({ strict: false })
  return why === undefined ? null : <Panel record={why} />
}

function Panel({ record }: { record: string }) {
  const navigate = useNavigate()
  const [trail, setTrail] = useState([record])
  useEffect(() => {
    // Going back shortens the trail; asking further makes it longer.
    setTrail((seen) => {
      const at = seen.lastIndexOf(record)
      return at < 0 ? [...seen, record] : seen.slice(0, at + 1)
    })
  }, [record])
  const before = trail.at(-2)
  const show = (next: string | undefined) =>
    void navigate({
      to: '.',
      search: ({ why: _shown, ...search }: Record<string, unknown>) =>
        next === undefined ? search : { ...search, why: next },
      hash: true,
      replace: true,
      resetScroll: false,
      hashScrollIntoView: false,
    })
  return (
    <Modal
      label="Why"
      onClose={() => show(undefined)}
      className="mr-0 ml-auto h-dvh max-h-dvh w-[min(34rem,100vw)] max-w-none overflow-y-auto border-y-0 border-r-0 p-0"
    >
      <header className="sticky top-0 z-10 flex items-center gap-1 border-b border-line bg-raised py-2 pr-3 pl-5">
        {before !== undefined && (
          <button
            type="button"
            onClick={() => show(before)}
            aria-label="Back to the reasons before"
            className="-ml-2 grid size-8 place-items-center rounded-lg text-muted hover:bg-sunken"
          >
            <Icon name="left" />
          </button>
        )}
        <h2 className="font-semibold">Why?</h2>
        <button
          type="button"
          onClick={() => show(undefined)}
          aria-label="Close"
          className="ml-auto grid size-8 place-items-center rounded-lg text-muted hover:bg-sunken"
        >
          <Icon name="close" />
        </button>
      </header>
      <Suspense fallback={<WaitingRows rows={6} />}>
        <Reasons key={record} record={record} />
      </Suspense>
    </Modal>
  )
}
