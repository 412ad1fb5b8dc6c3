import { useSyncExternalStore } from 'react'

/** The chosen colour scheme. */
export type Theme = 'system' | 'light' | 'dark'
const KEY = 'throughline.theme'
const listeners = new Set<() => void>()

function current(): Theme {
  const { theme } = document.documentElement.dataset
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Sets the colour scheme and remembers it in this browser; `system` forgets it. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // Storage may be blocked: the choice lasts until the page is closed.
  }
  for (const listener of listeners) listener()
}

/** Goes to the other of light and dark, from what is shown now. */
export function toggleTheme(): void {
  setTheme(isDark() ? 'light' : 'dark')
}

/** What is shown now. */
export function isDark(): boolean {
  const chosen = current()
  return chosen === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark'
}

/** Whether dark colours are shown, following choice and system. */
export function useDark(): boolean {
  return useSyncExternalStore((listener) => {
    const media = matchMedia('(prefers-color-scheme: dark)')
    listeners.add(listener)
    media.addEventListener('change', listener)
    return () => {
      listeners.delete(listener)
      media.removeEventListener('change', listener)
    }
  }, isDark)
}
