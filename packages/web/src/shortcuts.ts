import { useEffect, useRef } from 'react'

/** What pressing keys does: `/`, `?`, `j`, or two keys after one another such as `g o`. `mod+k` is Ctrl or Cmd with K. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>

const PAUSE_MS = 900

/** Listens for shortcuts while the component is there. Keys typed into a field are left alone, but for `mod+…`. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    let before: { key: string; at: number } | undefined
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      if (event.ctrlKey || event.metaKey) {
        run(latest.current[`mod+${key}`], event)
        return
      }
      if (isTyping(event.target)) return
      const inTime = before && event.timeStamp - before.at < PAUSE_MS
      const two = inTime ? latest.current[`${before?.key} ${key}`] : undefined
      before = two ? undefined : { key, at: event.timeStamp }
      run(two ?? latest.current[key], event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

function run(action: Shortcuts[string] | undefined, event: KeyboardEvent): void {
  if (!action) return
  event.preventDefault()
  action(event)
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('dialog[open]') && !target.closest('[data-shortcuts]')) return true
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Moves the focus through the rows of a list: every element marked `data-row`, by `j` and `k`. */
export function moveRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')].filter((row) => row.offsetParent !== null)
  if (rows.length === 0) return
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement))
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
