import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { queryClient, type Status, statusQuery } from './client.ts'
import { count, day, moment } from './format.ts'
import { Help } from './help.tsx'
import { PLACES } from './navigation.ts'
import { Palette } from './palette.tsx'
import { moveRow, useShortcuts } from './shortcuts.ts'
import { toggleTheme, useDark } from './theme.ts'
import { Icon } from './ui/icons.tsx'
import { Modal } from './ui/modal.tsx'
import { WhyPanel } from './why-panel.tsx'

const PAGES = PLACES.flat()

/** What surrounds every view: navigation, where the data stands, search, shortcuts, and the reasons panel. */
export function Shell() {
  const { data: status } = useQuery(statusQuery)
  const navigate = useNavigate()
  const [layer, setLayer] = useState<'palette' | 'help' | 'more' | null>(null)
  const heading = useFocusOnArrival()
  useNewData(status)
  useShortcuts({
    'mod+k': () => setLayer('palette'),
    '/': () => focusSearch(() => setLayer('palette')),
    '?': () => setLayer('help'),
    t: toggleTheme,
    j: () => moveRow(1),
    k: () => moveRow(-1),
    ...Object.fromEntries(PAGES.map(({ key, to }) => [`g ${key}`, () => void navigate({ to })])),
  })
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="sticky top-0 hidden h-dvh flex-col border-r border-line px-3 py-4 lg:flex">
        <Brand status={status} />
        <SearchButton onOpen={() => setLayer('palette')} />
        <nav aria-label="Pages" className="mt-4 grid gap-4">
          {PLACES.map((group) => (
            <div key={group[0]?.to} className="grid gap-0.5">
              {group.map((page) => (
                <Link
                  key={page.to}
                  to={page.to}
                  activeOptions={{ exact: page.to === '/', includeSearch: false }}
                  className="group flex items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent-ink"
                >
                  <Icon name={page.icon} className="size-[1.1rem]" />
                  {page.label}
                  <kbd className="ml-auto font-sans text-xs opacity-0 group-hover:opacity-70">g {page.key}</kbd>
                </Link>
              ))}
            </div>
          ))}
        </nav>
        <div className="mt-auto grid gap-3">
          {status && <DataState status={status} />}
          <div className="flex gap-1">
            <ThemeButton />
            <button
              type="button"
              onClick={() => setLayer('help')}
              className="grid size-8 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-ink"
              aria-label="Keyboard shortcuts"
              title="Keyboard shortcuts (?)"
            >
              <Icon name="help" />
            </button>
          </div>
        </div>
      </header>

      <header className="sticky top-0 z-10 flex items-center gap-2 border-b border-line bg-canvas px-4 py-2 lg:hidden">
        <Brand status={status} />
        <span className="ml-auto flex">
          <button
            type="button"
            onClick={() => setLayer('palette')}
            className="grid size-9 place-items-center rounded-lg text-muted hover:bg-sunken"
            aria-label="Search"
          >
            <Icon name="search" className="size-5" />
          </button>
          <ThemeButton />
        </span>
      </header>

      <main
        id="main"
        tabIndex={-1}
        ref={heading}
        className="mx-auto w-full max-w-[78rem] min-w-0 px-4 pt-5 pb-24 outline-none sm:px-6 lg:px-8 lg:pt-7 lg:pb-12"
      >
        {status && <Notices status={status} />}
        <Outlet />
      </main>

      <nav
        aria-label="Pages"
        className="fixed inset-x-0 bottom-0 z-10 grid grid-cols-5 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
      >
        {PAGES.filter((page) => page.main).map((page) => (
          <Link
            key={page.to}
            to={page.to}
            activeOptions={{ exact: page.to === '/', includeSearch: false }}
            className="grid justify-items-center gap-0.5 py-2 text-xs text-muted aria-[current=page]:font-medium aria-[current=page]:text-accent-ink"
          >
            <Icon name={page.icon} className="size-5" />
            {page.label}
          </Link>
        ))}
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => setLayer('more')}
          className="grid justify-items-center gap-0.5 py-2 text-xs text-muted"
        >
          <Icon name="more" className="size-5" />
          More
        </button>
      </nav>

      <WhyPanel />
      {layer === 'palette' && <Palette onClose={() => setLayer(null)} onHelp={() => setLayer('help')} />}
      {layer === 'more' && <More onClose={() => setLayer(null)} />}
      {layer === 'help' && <Help pages={PAGES} onClose={() => setLayer(null)} />}
    </div>
  )
}

/** The pages that the bar at the foot of a narrow screen has no room for. */
function More({ onClose }: { onClose: () => void }) {
  return (
    <Modal
      label="More pages"
      onClose={onClose}
      className="mx-auto mt-auto mb-0 w-full max-w-none rounded-t-2xl p-0 pb-[env(safe-area-inset-bottom)]"
    >
      <nav aria-label="More pages" className="grid gap-0.5 p-3">
        {PAGES.filter((page) => !page.main).map((page) => (
          <Link
            key={page.to}
            to={page.to}
            onClick={onClose}
            className="flex items-center gap-3 rounded-lg px-3 py-3 hover:bg-sunken aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink"
          >
            <Icon name={page.icon} className="size-5" />
            {page.label}
          </Link>
        ))}
      </nav>
    </Modal>
  )
}

function Brand({ status }: { status: Status | undefined }) {
  return (
    <Link to="/" className="flex min-w-0 items-center gap-2.5 rounded-lg px-1.5">
      <img src="/mark.svg" alt="" className="size-7 shrink-0" />
      <span className="min-w-0 leading-tight">
        <span className="block text-sm font-semibold tracking-tight">Throughline</span>
        <span className="block truncate text-xs text-muted">{status?.company ?? '\u00a0'}</span>
      </span>
    </Link>
  )
}

function SearchButton({ onOpen }: { onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="mt-5 flex h-9 items-center gap-2 rounded-lg border border-line-strong bg-surface px-2.5 text-sm text-muted hover:text-ink"
    >
      <Icon name="search" />
      <span className="truncate">Search</span>
      <span className="ml-auto rounded border border-line px-1.5 text-xs whitespace-nowrap" aria-hidden="true">
        {/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}
      </span>
    </button>
  )
}

function ThemeButton() {
  const dark = useDark()
  return (
    <button
      type="button"
      onClick={toggleTheme}
      className="grid size-8 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-ink max-lg:size-9"
      aria-label={dark ? 'Use light colours' : 'Use dark colours'}
      title={`${dark ? 'Light' : 'Dark'} colours (t)`}
    >
      <Icon name={dark ? 'sun' : 'moon'} className="size-4 max-lg:size-5" />
    </button>
  )
}

/** How current and how large the data is. */
function DataState({ status }: { status: Status }) {
  const behind = status.lag > 0 || status.rebuildDue
  return (
    <p className="px-1.5 text-xs leading-relaxed text-muted">
      <span className="flex items-center gap-1.5">
        <span className={`size-1.5 rounded-full ${behind ? 'bg-warn' : 'bg-good'}`} aria-hidden="true" />
        {behind ? 'Catching up' : 'Up to date'}
      </span>
      {status.asOf !== null && <span className="block">as of {moment(status.asOf, status.zone)}</span>}
      <span className="block">
        {count(status.facts)} facts{status.rulesVersion !== null && ` · rules v${status.rulesVersion}`}
      </span>
    </p>
  )
}

/** What somebody must know before believing the figures. */
function Notices({ status }: { status: Status }) {
  const text =
    status.asOf === null
      ? 'Nothing has been derived yet. Import facts, then run “throughline rebuild”.'
      : status.rebuildDue
        ? `An import has added facts that these figures do not count yet: they speak of ${day(status.asOfDay ?? '')}. Run “throughline rebuild”.`
        : undefined
  if (!text) return null
  return (
    <p role="status" className="mb-5 flex gap-2.5 rounded-lg border border-line bg-warn-soft px-4 py-2.5 text-sm">
      <Icon name="alert" className="mt-0.5 text-warn" />
      {text}
    </p>
  )
}

/** When the server has taken something in, what the page shows is asked for again. */
function useNewData(status: Status | undefined): void {
  const seen = useRef<string>(undefined)
  const state = status && [status.checkpoint, status.facts, status.asOfDay, status.rulesVersion].join('/')
  useEffect(() => {
    if (state === undefined) return
    if (seen.current !== undefined && seen.current !== state)
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'status' })
    seen.current = state
  }, [state])
}

/** After going to another page the focus starts at its content, as after loading a page. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path])
  return main
}

/** Puts the cursor into the page's own search field; a page without one gets the palette. */
function focusSearch(otherwise: () => void): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
  if (field) field.select()
  else otherwise()
}
