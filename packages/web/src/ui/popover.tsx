import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { QUIET } from './controls.tsx'

/**
 * A button that opens a small panel beneath itself. Escape, a click beside it, and leaving it with the keyboard
 * close it; Escape gives the focus back to the button.
 */
export function Popover({
  label,
  button,
  align = 'left',
  children,
}: {
  /** Names the panel. */
  label: string
  button: ReactNode
  align?: 'left' | 'right'
  /** What the panel holds; given a way to close it. */
  children: (close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  const frame = useRef<HTMLSpanElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) setOpen(false)
    }
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      setOpen(false)
      opener.current?.focus()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    document.addEventListener('keydown', onEscape)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
      document.removeEventListener('keydown', onEscape)
    }
  }, [open])
  return (
    <span ref={frame} className="relative inline-flex max-sm:static">
      <button
        ref={opener}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className={QUIET}
      >
        {button}
      </button>
      {open && (
        <div
          id={id}
          role="dialog"
          aria-label={label}
          className={`absolute top-full z-20 mt-1.5 max-h-[60vh] w-72 max-w-[calc(100vw-2rem)] overflow-y-auto rounded-xl border border-line bg-raised p-3 shadow-high max-sm:inset-x-4 max-sm:top-auto max-sm:mt-10 max-sm:w-auto ${align === 'right' ? 'sm:right-0' : 'sm:left-0'}`}
        >
          {children(() => {
            setOpen(false)
            opener.current?.focus()
          })}
        </div>
      )}
    </span>
  )
}
