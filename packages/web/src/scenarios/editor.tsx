import { useId, useRef } from 'react'

/** What a mark beside a line says. */
export type Mark = 'holds' | 'fails' | 'unreadable'

const SIGNS: Readonly<Record<Mark, readonly [sign: string, says: string, tone: string]>> = {
  holds: ['✓', 'as expected', 'text-good'],
  fails: ['✗', 'not as expected', 'text-bad'],
  unreadable: ['!', 'cannot be read', 'text-warn'],
}

/** A plain text field with numbered lines and marks beside them. It is as tall as its text: the page scrolls. */
export function Editor({
  text,
  onChange,
  marks,
}: {
  text: string
  onChange: (text: string) => void
  marks: ReadonlyMap<number, Mark>
}) {
  const field = useRef<HTMLTextAreaElement>(null)
  const hint = useId()
  const lines = Math.max(12, text.split('\n').length)
  const goTo = (line: number) => {
    const start =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0)
    field.current?.focus()
    field.current?.setSelectionRange(start, start)
  }
  return (
    <div className="flex min-w-0 overflow-hidden rounded-xl border border-line bg-surface font-mono text-[0.8rem] leading-5 shadow-card focus-within:outline-2 focus-within:outline-accent">
      <div className="shrink-0 border-r border-line bg-sunken py-3 text-right text-muted select-none">
        {Array.from({ length: lines }, (_, index) => {
          const line = index + 1
          const mark = marks.get(line)
          const [sign, says, tone] = mark ? SIGNS[mark] : []
          return sign ? (
            <button
              key={line}
              type="button"
              onClick={() => goTo(line)}
              aria-label={`Line ${line}: ${says}`}
              className={`block h-5 w-11 pr-2 text-right font-semibold ${tone}`}
            >
              {sign} {line}
            </button>
          ) : (
            <span key={line} aria-hidden="true" className="block h-5 w-11 pr-2">
              {line}
            </span>
          )
        })}
      </div>
      <textarea
        ref={field}
        aria-label="Scenario"
        aria-describedby={hint}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        rows={lines}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        className="block w-full min-w-0 resize-none overflow-x-auto overflow-y-hidden bg-transparent px-3 py-3 leading-5 whitespace-pre outline-none max-sm:text-base max-sm:leading-5"
      />
      <span id={hint} className="sr-only">
        YAML. It runs as you type; the outcome stands after this field.
      </span>
    </div>
  )
}
