import { Icon } from './ui/icons.tsx'
import { Modal } from './ui/modal.tsx'

/** The keyboard shortcuts. */
export function Help({
  pages,
  onClose,
}: {
  pages: readonly Readonly<{ label: string; key: string }>[]
  onClose: () => void
}) {
  const shortcuts: readonly (readonly [string, string])[] = [
    ['Ctrl K or ⌘ K', 'Search people, go anywhere'],
    ['/', 'Search on this page'],
    ...pages.map(({ label, key }) => [`g then ${key}`, `Go to ${label}`] as const),
    ['j and k', 'Next and previous row'],
    ['Enter', 'Open the row'],
    ['t', 'Light or dark colours'],
    ['Esc', 'Close what is open'],
    ['?', 'These shortcuts'],
  ]
  return (
    <Modal
      label="Keyboard shortcuts"
      onClose={onClose}
      className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-xl p-0"
    >
      <div className="p-5">
        <header className="flex items-center justify-between">
          <h2 className="font-semibold">Keyboard shortcuts</h2>
          <button
            type="button"
            onClick={onClose}
            aria-label="Close"
            className="grid size-8 place-items-center rounded-lg text-muted hover:bg-sunken"
          >
            <Icon name="close" />
          </button>
        </header>
        <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-2.5 text-sm">
          {shortcuts.map(([keys, does]) => (
            <div key={keys} className="contents">
              <dt>
                <kbd className="rounded border border-line-strong bg-sunken px-1.5 py-0.5 font-sans text-xs">
                  {keys}
                </kbd>
              </dt>
              <dd className="text-muted">{does}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Modal>
  )
}
