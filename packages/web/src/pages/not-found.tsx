import { Link } from '@tanstack/react-router'
import { Empty } from '../ui/states.tsx'

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <Empty title="There is nothing at this address">
        Start from the{' '}
        <Link to="/" className="font-medium text-accent-ink underline">
          Overview
        </Link>{' '}
        or press <kbd className="font-sans">Ctrl K</kbd> to search.
      </Empty>
    </>
  )
}
