import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useId, useState } from 'react'
import { peopleQuery, reportListQuery } from './client.ts'
import { PLACES } from './navigation.ts'
import { placeOf } from './reports/catalogue.ts'
import { toggleTheme } from './theme.ts'
import { Icon, type IconName } from './ui/icons.tsx'
import { Modal } from './ui/modal.tsx'

type Entry = Readonly<{ id: string; label: string; note?: string; icon: IconName; run: () => void }>

/** Type to find a person or a page; arrows choose, Enter goes. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const listId = useId()
  const wanted = useDeferredValue(text.trim())
  const reports = useQuery(reportListQuery)
  const people = useQuery({ ...peopleQuery({ q: wanted, size: 8 }), enabled: wanted.length >= 2 })

  const go = (action: () => unknown) => () => {
    onClose()
    action()
  }
  const places: readonly Entry[] = [
    ...PLACES.flat().map(({ to, label, icon }) => ({ id: to, label, icon, run: go(() => navigate({ to })) })),
    {
      id: 'funnel-medium',
      label: 'Funnel by medium',
      icon: 'funnel',
      run: go(() => navigate({ to: '/funnel', search: { by: 'medium' } })),
    },
    {
      id: 'funnel-owner',
      label: 'Funnel by owner',
      icon: 'funnel',
      run: go(() => navigate({ to: '/funnel', search: { by: 'owner' } })),
    },
    {
      id: 'dormant',
      label: 'Dormant people',
      icon: 'people',
      run: go(() => navigate({ to: '/people', search: { state: 'dormant' } })),
    },
    {
      id: 'dormant-soon',
      label: 'Journeys about to go dormant',
      icon: 'journeys',
      run: go(() => navigate({ to: '/journeys', search: { state: 'dormant-soon', range: 'all' } })),
    },
    ...(wanted === '' ? [] : (reports.data ?? []).filter(({ name }) => !placeOf(name).page)).map(({ name, title }) => ({
      id: `report-${name}`,
      label: title,
      note: 'Report',
      icon: 'reports' as const,
      run: go(() => navigate({ to: '/reports/$name', params: { name } })),
    })),
    { id: 'theme', label: 'Light or dark colours', icon: 'moon', run: go(toggleTheme) },
    { id: 'help', label: 'Keyboard shortcuts', icon: 'help', run: onHelp },
  ]
  const words = wanted.toLowerCase().split(/\s+/)
  const found: readonly Entry[] = [
    ...places.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word))),
    ...(wanted.length >= 2 ? (people.data?.people ?? []) : []).map((person) => ({
      id: person.id,
      label: person.name ?? person.id,
      note: [person.company, person.email].filter(Boolean).join(' · '),
      icon: 'people' as const,
      run: go(() => navigate({ to: '/people/$id', params: { id: person.id } })),
    })),
  ]
  const at = Math.min(chosen, Math.max(0, found.length - 1))
  const move = (by: number) => setChosen((at + by + found.length) % Math.max(1, found.length))

  return (
    <Modal
      label="Search or go to"
      onClose={onClose}
      className="mx-auto mt-[12vh] w-[min(36rem,calc(100vw-1.5rem))] overflow-hidden rounded-xl p-0"
    >
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Icon name="search" className="text-muted" />
        <input
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={found[at] && `${listId}-${at}`}
          aria-label="Search people and pages"
          placeholder="Search people and pages"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setChosen(0)
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') move(1)
            else if (event.key === 'ArrowUp') move(-1)
            else if (event.key === 'Enter') found[at]?.run()
            else return
            event.preventDefault()
          }}
          className="h-12 w-full bg-transparent outline-none placeholder:text-muted"
        />
      </div>
      <div id={listId} role="listbox" aria-label="Results" className="max-h-[50vh] overflow-y-auto p-1.5">
        {found.map((entry, place) => (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
          <div
            key={entry.id}
            id={`${listId}-${place}`}
            role="option"
            aria-selected={place === at}
            ref={(element) => {
              if (place === at) element?.scrollIntoView({ block: 'nearest' })
            }}
            onClick={entry.run}
            onPointerMove={() => setChosen(place)}
            className="flex cursor-pointer items-center gap-3 rounded-lg px-3 py-2 text-sm aria-selected:bg-accent-soft aria-selected:text-accent-ink"
          >
            <Icon name={entry.icon} className="opacity-70" />
            <span className="shrink-0">{entry.label}</span>
            {entry.note && <span className="ml-auto truncate text-xs opacity-80">{entry.note}</span>}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className="px-5 pb-6 text-center text-sm text-muted">
          {people.isFetching ? 'Searching …' : `Nobody and nothing here is called “${wanted}”.`}
        </p>
      )}
    </Modal>
  )
}
