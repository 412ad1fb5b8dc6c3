const WIDTH = 24
const EVERY_MS = 100
const QUIET_MS = 3000

/** Tells how long work is getting on, on the error stream, so that results on the output stay clean. */
export type Progress = Readonly<{
  /** `of` 0: not known how much there is. */
  at(step: string, done: number, of: number): void
  /** A line that stays. */
  say(line: string): void
  done(): void
}>

/**
 * A bar that redraws itself where a person watches; elsewhere a line now and then. `clock` is the wall clock.
 */
export function progressOn(stream: NodeJS.WriteStream, clock: () => number, silent = false): Progress {
  if (silent) return { at() {}, say() {}, done() {} }
  const watched = stream.isTTY === true
  let drawn = 0
  let shown = ''
  const clear = () => {
    if (watched && shown) stream.write('\r\u001B[2K')
    shown = ''
  }
  return {
    at(step, done, of) {
      const now = clock()
      const line = of > 0 ? `${bar(done / of)} ${step} ${percent(done / of)}` : `${step} ${done.toLocaleString('en')}`
      if (watched) {
        if (now - drawn < EVERY_MS && done < of) return
        drawn = now
        stream.write(`\r\u001B[2K${line.slice(0, (stream.columns ?? 80) - 1)}`)
        shown = line
      } else if (now - drawn >= QUIET_MS) {
        drawn = now
        stream.write(`${of > 0 ? `${step} ${percent(done / of)}` : line}\n`)
      }
    },
    say(line) {
      clear()
      stream.write(`${line}\n`)
    },
    done: clear,
  }
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * WIDTH)
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`
}

function percent(share: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, share)) * 100)} %`
}
