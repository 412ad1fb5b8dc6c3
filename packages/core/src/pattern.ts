/**
 * Patterns that people write into the rules document, in the usual notation but without what makes matching slow:
 * letters, `.`, `[a-z]`, `( | )`, `* + ? {2,5}`, `^ $ \b`, and `\d \w \s` with their opposites. No looking around and
 * no back references. The time to match grows with the length of the text and of the pattern and never faster,
 * whatever a text from the open web holds; a regular expression of the language would not promise that.
 */
export type Pattern = (text: string) => boolean

/** What is wrong with a pattern, and what to write instead. */
export type PatternProblem = Readonly<{ problem: string; remedy: string }>

/** Steps of the largest pattern that is accepted. */
const MOST_STEPS = 1000

type CharTest = (code: number) => boolean

/** A pattern as a program: each step leads to others by number. */
type Step =
  | Readonly<{ kind: 'character'; test: CharTest; next: number }>
  | Readonly<{ kind: 'either'; next: number[] }>
  | Readonly<{ kind: 'at'; place: 'start' | 'end' | 'boundary' | 'inside'; next: number }>
  | Readonly<{ kind: 'found' }>

/** Builds the steps that come before `next`, and gives the number of the first of them. */
type Part = (program: Program, next: number) => number

class Unreadable extends Error {
  readonly problem: PatternProblem
  constructor(problem: string, remedy: string) {
    super(problem)
    this.problem = { problem, remedy }
  }
}

class Program {
  readonly steps: Step[] = []
  add(step: Step): number {
    if (this.steps.length >= MOST_STEPS)
      throw new Unreadable('the pattern is too large', 'repeat less often, or write several shorter patterns')
    this.steps.push(step)
    return this.steps.length - 1
  }
}

/** Reads a pattern. Texts match without regard to case or surrounding blanks, anywhere unless `^` or `$` say where. */
export function readPattern(text: string): Pattern | PatternProblem {
  try {
    const program = new Program()
    const start = new Reader(text).whole()(program, program.add({ kind: 'found' }))
    return matcher(program.steps, start)
  } catch (error) {
    if (error instanceof Unreadable) return error.problem
    throw error
  }
}

/** True of what `readPattern` gives when it could not read. */
export function isPatternProblem(read: Pattern | PatternProblem): read is PatternProblem {
  return typeof read !== 'function'
}

/** Follows every way through the program at once, so that no way is walked twice at one place of the text. */
function matcher(steps: readonly Step[], start: number): Pattern {
  const seen = new Int32Array(steps.length)
  let round = 0
  return (text) => {
    const codes = Array.from(text.trim().toLowerCase(), (character) => character.codePointAt(0) as number)
    let current: number[] = []
    round++
    for (let at = 0; at <= codes.length; at++) {
      if (enter(steps, seen, round, start, codes, at, current)) return true
      const code = codes[at]
      if (code === undefined) return false
      const following: number[] = []
      round++
      for (const number of current) {
        const step = steps[number] as Extract<Step, { kind: 'character' }>
        if (step.test(code) && enter(steps, seen, round, step.next, codes, at + 1, following)) return true
      }
      current = following
    }
    return false
  }
}

/** Goes on to the characters that may come next from a step; true when the end of the pattern is among the ways. */
function enter(
  steps: readonly Step[],
  seen: Int32Array,
  round: number,
  from: number,
  codes: readonly number[],
  at: number,
  into: number[],
): boolean {
  const open = [from]
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    if (seen[number] === round) continue
    seen[number] = round
    const step = steps[number] as Step
    if (step.kind === 'found') return true
    if (step.kind === 'character') into.push(number)
    else if (step.kind === 'either') open.push(...step.next)
    else if (isAt(step.place, codes, at)) open.push(step.next)
  }
  return false
}

function isAt(place: Extract<Step, { kind: 'at' }>['place'], codes: readonly number[], at: number): boolean {
  if (place === 'start') return at === 0
  if (place === 'end') return at === codes.length
  const between = isWord(codes[at - 1]) !== isWord(codes[at])
  return (place === 'boundary') === between
}

const isDigit: CharTest = (code) => code >= 48 && code <= 57
const isWord = (code: number | undefined): boolean =>
  code !== undefined && (isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95)
const isBlank: CharTest = (code) => /\s/u.test(String.fromCodePoint(code))
const not =
  (test: CharTest): CharTest =>
  (code) =>
    !test(code)

const SETS: Readonly<Record<string, CharTest>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isBlank,
  S: not(isBlank),
}

const character =
  (test: CharTest): Part =>
  (program, next) =>
    program.add({ kind: 'character', test, next })

const place =
  (where: Extract<Step, { kind: 'at' }>['place']): Part =>
  (program, next) =>
    program.add({ kind: 'at', place: where, next })

const sequence =
  (parts: readonly Part[]): Part =>
  (program, next) =>
    parts.reduceRight((after, part) => part(program, after), next)

/** Zero or one time, or any number of times. */
const optional =
  (part: Part, again: boolean): Part =>
  (program, next) => {
    const ways: number[] = [next]
    const fork = program.add({ kind: 'either', next: ways })
    ways.push(part(program, again ? fork : next))
    return fork
  }

/** Reads the notation from left to right. */
class Reader {
  readonly #characters: readonly string[]
  #at = 0

  constructor(text: string) {
    this.#characters = Array.from(text.trim())
  }

  whole(): Part {
    if (this.#characters.length === 0) throw new Unreadable('the pattern is empty', 'write what to look for')
    const part = this.#alternatives()
    if (this.#at < this.#characters.length)
      throw new Unreadable(`a ")" at place ${this.#at + 1} closes nothing`, 'remove it, or write \\)')
    return part
  }

  #alternatives(): Part {
    const ways = [this.#sequence()]
    while (this.#peek() === '|') {
      this.#at++
      ways.push(this.#sequence())
    }
    const [only] = ways
    if (ways.length === 1 && only) return only
    return (program, next) => program.add({ kind: 'either', next: ways.map((way) => way(program, next)) })
  }

  #sequence(): Part {
    const parts: Part[] = []
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek())
      parts.push(this.#repeated(this.#single()))
    return sequence(parts)
  }

  #single(): Part {
    const at = this.#at
    const one = this.#take()
    switch (one) {
      case '(': {
        if (this.#peek() === '?') {
          if (this.#characters[this.#at + 1] !== ':')
            throw new Unreadable(
              `"(?" at place ${at + 1} looks around or names a group, which patterns cannot`,
              'write the group as ( … ), and conditions on other fields under "when"',
            )
          this.#at += 2
        }
        const group = this.#alternatives()
        if (this.#take() !== ')')
          throw new Unreadable(`the "(" at place ${at + 1} is never closed`, 'add ")", or write \\(')
        return group
      }
      case '[':
        return character(this.#class(at))
      case '.':
        return character(() => true)
      case '^':
        return place('start')
      case '$':
        return place('end')
      case '\\':
        return this.#escaped(at)
      case '*':
      case '+':
      case '?':
      case '{':
        throw new Unreadable(`"${one}" at place ${at + 1} repeats nothing`, `write \\${one} for the character itself`)
      default:
        return literal(one as string)
    }
  }

  #escaped(at: number): Part {
    const one = this.#take()
    if (one === undefined) throw new Unreadable('the pattern ends with "\\"', 'write \\\\ for the character itself')
    if (one === 'b') return place('boundary')
    if (one === 'B') return place('inside')
    const set = SETS[one]
    if (set) return character(set)
    if (/[A-Za-z0-9]/.test(one))
      throw new Unreadable(
        `"\\${one}" at place ${at + 1} means nothing in a pattern`,
        'known are \\d \\w \\s \\D \\W \\S \\b and a "\\" before a sign',
      )
    return literal(one)
  }

  #class(at: number): CharTest {
    const tests: CharTest[] = []
    const opposite = this.#peek() === '^'
    if (opposite) this.#at++
    for (let one = this.#take(), first = true; one !== ']' || first; one = this.#take(), first = false) {
      if (one === undefined) throw new Unreadable(`the "[" at place ${at + 1} is never closed`, 'add "]", or write \\[')
      const escaped = one === '\\' ? this.#take() : undefined
      const set = escaped === undefined ? undefined : SETS[escaped]
      if (set) {
        tests.push(set)
        continue
      }
      const from = (escaped ?? one).codePointAt(0) as number
      let to = from
      if (this.#peek() === '-' && this.#characters[this.#at + 1] !== ']') {
        this.#at++
        const end = this.#take()
        to = (end === '\\' ? this.#take() : end)?.codePointAt(0) ?? from
        if (to < from) throw new Unreadable(`a range in the "[" at place ${at + 1} runs backwards`, 'write it as a-z')
      }
      tests.push((code) => code >= from && code <= to)
    }
    const inside: CharTest = (code) => {
      const upper = String.fromCodePoint(code).toUpperCase().codePointAt(0) as number
      return tests.some((test) => test(code) || test(upper))
    }
    return opposite ? not(inside) : inside
  }

  /** What follows a part may repeat it; a `?` after that changes how much is taken, not whether something is found. */
  #repeated(part: Part): Part {
    const at = this.#at
    const one = this.#peek()
    if (one === '*' || one === '+' || one === '?') {
      this.#at++
      this.#refuseTwice()
      if (one === '?') return optional(part, false)
      return one === '*' ? optional(part, true) : sequence([part, optional(part, true)])
    }
    if (one !== '{') return part
    const written = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(this.#characters.slice(at, at + 9).join(''))
    if (!written)
      throw new Unreadable(`"{" at place ${at + 1} is not a number of times`, 'write {2}, {2,} or {2,5}, or \\{')
    this.#at += written[0].length
    this.#refuseTwice()
    const least = Number(written[1])
    const most = written[2] === undefined ? least : written[3] ? Number(written[3]) : Number.POSITIVE_INFINITY
    if (most < least)
      throw new Unreadable(`${written[0]} at place ${at + 1} runs backwards`, 'write the smaller number first')
    const must = Array<Part>(least).fill(part)
    if (most === Number.POSITIVE_INFINITY) return sequence([...must, optional(part, true)])
    return sequence([...must, ...Array<Part>(most - least).fill(optional(part, false))])
  }

  #refuseTwice(): void {
    if (this.#peek() === '?') this.#at++
    const one = this.#peek()
    if (one === '*' || one === '+' || one === '?' || one === '{')
      throw new Unreadable(`"${one}" at place ${this.#at + 1} repeats a repetition`, 'say once how often')
  }

  #peek(): string | undefined {
    return this.#characters[this.#at]
  }

  #take(): string | undefined {
    return this.#characters[this.#at++]
  }
}

/** A letter is compared in lower case, as the text is. */
function literal(one: string): Part {
  const codes = Array.from(one.toLowerCase(), (letter) => letter.codePointAt(0) as number)
  return sequence(codes.map((wanted) => character((code) => code === wanted)))
}
