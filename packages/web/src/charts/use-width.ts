import { type RefObject, useEffect, useRef, useState } from 'react'

/** The width an element has been given, in pixels; 0 before the first layout. */
export function useWidth<Element extends HTMLElement>(): readonly [RefObject<Element | null>, number] {
  const element = useRef<Element>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const observed = element.current
    if (!observed) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)))
    observer.observe(observed)
    return () => observer.disconnect()
  }, [])
  return [element, width]
}
