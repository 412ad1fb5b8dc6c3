import { useEffect } from 'react'

/** Names the browser's tab after the view. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Throughline` : 'Throughline'
  }, [title])
}
