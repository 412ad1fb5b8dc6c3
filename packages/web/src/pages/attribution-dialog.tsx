import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { type AttributionChoice, attribute, type Opportunity, usersQuery } from '../client.ts'
import { day } from '../format.ts'
import { Badge } from '../ui/badge.tsx'
import { Choice, QUIET } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { Modal } from '../ui/modal.tsx'
import { Failure } from '../ui/states.tsx'

const WHO = 'throughline.user'
const LEAST_REASON = 3

/** The rules decide: what a choice may be beside an activation. */
const BY_RULES = 'by-rules'

/** Choosing by hand which activation an opportunity is credited to, or giving the choice back to the rules. [L9] [L10] */
export function AttributionDialog({ opportunity, onClose }: { opportunity: Opportunity; onClose: () => void }) {
  const users = useQuery(usersQuery)
  const now = opportunity.attribution?.engagement.id
  const [chosen, setChosen] = useState<string>()
  const [reason, setReason] = useState('')
  const [by, setBy] = useState(remembered())
  // Drawn once for the dialog, so that a request that is sent again counts once.
  const [key] = useState(drawKey)
  const [asked, setAsked] = useState(false)
  const ids = { reason: useId(), missing: useId() }
  const change = useMutation({
    mutationFn: (choice: AttributionChoice) => attribute(opportunity.id, choice),
    onSuccess: () => {
      remember(by)
      onClose()
    },
  })
  const people = [...new Map(opportunity.contactRoles.map((role) => [role.person ?? role.contact, role])).values()]
  const missing = [
    chosen === undefined && 'choose an activation',
    reason.trim().length < LEAST_REASON && 'say why',
    by === '' && 'say who you are',
  ].filter((one) => one !== false)
  const send = () => {
    setAsked(true)
    if (missing.length > 0 || chosen === undefined) return
    const role = people.find(({ activations }) => activations.some(({ id }) => id === chosen))
    change.mutate({
      key,
      reason: reason.trim(),
      by,
      ...(role?.person && { person: role.person, activation: chosen }),
    })
  }
  return (
    <Modal
      label="Change the attribution"
      onClose={onClose}
      className="m-auto w-[min(38rem,calc(100vw-1.5rem))] rounded-xl p-0"
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
        className="grid gap-4 p-5 text-sm"
      >
        <header className="flex items-start justify-between gap-4">
          <div>
            <h2 className="text-base font-semibold">Change the attribution</h2>
            <p className="mt-0.5 text-muted">
              The choice is added to the log with its reason, and stays whatever follows. It can be given back to the
              rules.
            </p>
          </div>
          <button
            type="button"
            onClick={onClose}
            aria-label="Close"
            className="grid size-8 shrink-0 place-items-center rounded-lg text-muted hover:bg-sunken"
          >
            <Icon name="close" />
          </button>
        </header>

        <fieldset className="grid max-h-[42dvh] gap-3 overflow-y-auto rounded-lg border border-line p-3">
          <legend className="px-1 text-xs font-medium text-muted">Credit it to</legend>
          {people.map((role) => (
            <div key={role.contact} className="grid gap-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{role.name ?? role.contact}</span>
                <span className="text-xs text-muted">
                  {role.role ?? 'no role named'}
                  {role.primary && ', primary'}
                </span>
              </p>
              {role.activations.length === 0 && <p className="text-xs text-muted">No activation: nothing to credit.</p>}
              {role.activations.map((activation) => (
                <label
                  key={activation.id}
                  className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-line px-3 py-2 hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft"
                >
                  <input
                    type="radio"
                    name="activation"
                    checked={chosen === activation.id}
                    onChange={() => setChosen(activation.id)}
                    className="mt-1 size-4 accent-accent"
                  />
                  <span className="min-w-0 grow">
                    <span className="block break-words">
                      {activation.engagementType ?? activation.activationType}, {day(activation.day)}
                    </span>
                    <span className="block text-xs text-muted">
                      {[activation.activationType, activation.medium, activation.source].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                  <span className="flex flex-wrap justify-end gap-1">
                    {activation.id === now && <Badge tone="accent">Now</Badge>}
                    {activation.open ? (
                      <Badge tone="good">Open</Badge>
                    ) : (
                      <Badge>{activation.outcome ?? 'Complete'}</Badge>
                    )}
                  </span>
                </label>
              ))}
            </div>
          ))}
          {people.length === 0 && (
            <p className="text-muted">Nobody has a contact role on this opportunity: add one in the CRM first.</p>
          )}
          {opportunity.attribution?.byHand && (
            <label className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-line px-3 py-2 hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft">
              <input
                type="radio"
                name="activation"
                checked={chosen === BY_RULES}
                onChange={() => setChosen(BY_RULES)}
                className="mt-1 size-4 accent-accent"
              />
              <span>
                Whatever the rules choose
                <span className="block text-xs text-muted">Takes the choice by hand back.</span>
              </span>
            </label>
          )}
        </fieldset>

        <div className="grid gap-1">
          <label htmlFor={ids.reason} className="text-xs font-medium text-muted">
            Reason
          </label>
          <textarea
            id={ids.reason}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            rows={2}
            maxLength={1000}
            required
            placeholder="Such as: met at the fair before anybody else was known"
            className="w-full rounded-lg border border-line-strong bg-surface px-3 py-2 placeholder:text-muted"
          />
        </div>
        <Choice
          label="Decided by"
          showLabel
          options={[
            { value: '', label: users.isPending ? 'Loading …' : 'Choose yourself' },
            ...(users.data ?? [])
              .filter(({ queue }) => !queue)
              .map(({ id, name, role }) => ({ value: id, label: role ? `${name}, ${role}` : name })),
          ]}
          value={by}
          onChange={setBy}
        />

        {change.isError && <Failure error={change.error} />}
        <footer className="flex flex-wrap items-center justify-end gap-2">
          <p id={ids.missing} role="status" className="mr-auto text-warn empty:hidden">
            {asked && missing.length > 0 && `Please ${missing.join(', and ')}.`}
          </p>
          <button type="button" onClick={onClose} className={QUIET}>
            Cancel
          </button>
          <button
            type="submit"
            disabled={change.isPending}
            aria-describedby={ids.missing}
            className="inline-flex h-8 items-center rounded-lg bg-accent px-3 font-medium text-on-accent hover:opacity-90 disabled:opacity-50"
          >
            {change.isPending ? 'Setting …' : 'Set the attribution'}
          </button>
        </footer>
      </form>
    </Modal>
  )
}

/** 128 random bits. (`randomUUID` is missing where the app is reached over plain HTTP by another name.) */
function drawKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Who decided the last time in this browser: there is no sign-in to know it by. */
function remembered(): string {
  try {
    return localStorage.getItem(WHO) ?? ''
  } catch {
    return ''
  }
}

function remember(user: string): void {
  try {
    localStorage.setItem(WHO, user)
  } catch {
    // Storage may be blocked: it is asked for again.
  }
}
