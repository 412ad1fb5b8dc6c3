import type { ReactNode } from 'react'

/** A titled part of a page. */
export function Card({
  title,
  aside,
  children,
  about,
  className = '',
}: {
  title?: string
  aside?: ReactNode
  children: ReactNode
  about?: ReactNode
  className?: string
}) {
  return (
    <section className={`flex min-w-0 flex-col rounded-xl border border-line bg-surface shadow-card ${className}`}>
      {(title || aside) && (
        <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-4 pb-3 sm:px-5">
          {title && <h2 className="text-[0.95rem] font-semibold">{title}</h2>}
          {aside}
        </header>
      )}
      <div className="min-w-0 grow">{children}</div>
      {about && <footer className="mt-2 border-t border-line px-4 py-2.5 sm:px-5">{about}</footer>}
    </section>
  )
}
