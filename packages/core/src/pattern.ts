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

type Program = Step[]

/** Adds a step and gives its number. */
function add(program: Program, step: Step): number {
  if (program.length >= MOST_STEPS)
    throw new Unreadable('the pattern is too large', 'repeat less often, or write several shorter patterns')
  program.push(step)
  return program.length - 1
}

/** Reads a pattern. Texts match without regard to case or surrounding blanks, anywhere unless `^` or `$` say where. */
export function readPattern(text: string): Pattern | PatternProblem {
  try {
    const program: Program = []
    const start = readWhole({ characters: Array.from(text.trim()), at: 0 })(program, add(program, { kind: 'found' }))
    return matcher(program, start)
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
    add(program, { kind: 'character', test, next })

const place =
  (where: Extract<Step, { kind: 'at' }>['place']): Part =>
  (program, next) =>
    add(program, { kind: 'at', place: where, next })

/** Nothing is a step, too: so that the limit on steps also limits how often nothing is repeated. */
const sequence =
  (parts: readonly Part[]): Part =>
  (program, next) =>
    parts.length === 0
      ? add(program, { kind: 'either', next: [next] })
      : parts.reduceRight((after, part) => part(program, after), next)

/** Zero or one time, or any number of times. */
const optional =
  (part: Part, again: boolean): Part =>
  (program, next) => {
    const ways: number[] = [next]
    const fork = add(program, { kind: 'either', next: ways })
    ways.push(part(program, again ? fork : next))
    return fork
  }

/** A place in a pattern that is read from left to right. */
type Cursor = { readonly characters: readonly string[]; at: number }

function readWhole(cursor: Cursor): Part {
  if (cursor.characters.length === 0) throw new Unreadable('the pattern is empty', 'write what to look for')
  const part = readAlternatives(cursor)
  if (cursor.at < cursor.characters.length)
    throw new Unreadable(`a ")" at place ${cursor.at + 1} closes nothing`, 'remove it, or write \\)')
  return part
}

function readAlternatives(cursor: Cursor): Part {
  const ways = [readSequence(cursor)]
  while (peek(cursor) === '|') {
    cursor.at++
    ways.push(readSequence(cursor))
  }
  const [only] = ways
  if (ways.length === 1 && only) return only
  return (program, next) => add(program, { kind: 'either', next: ways.map((way) => way(program, next)) })
}

function readSequence(cursor: Cursor): Part {
  const parts: Part[] = []
  for (let next = peek(cursor); next !== undefined && next !== '|' && next !== ')'; next = peek(cursor))
    parts.push(readRepeated(cursor, readSingle(cursor)))
  return sequence(parts)
}

function readSingle(cursor: Cursor): Part {
  const at = cursor.at
  const one = take(cursor)
  switch (one) {
    case '(': {
      if (peek(cursor) === '?') {
        if (cursor.characters[cursor.at + 1] !== ':')
          throw new Unreadable(
            `"(?" at place ${at + 1} looks around or names a group, which patterns cannot`,
            'write the group as ( … ), and conditions on other fields under "when"',
          )
        cursor.at += 2
      }
      const group = readAlternatives(cursor)
      if (take(cursor) !== ')')
        throw new Unreadable(`the "(" at place ${at + 1} is never closed`, 'add ")", or write \\(')
      return group
    }
    case '[':
      return character(readClass(cursor, at))
    case '.':
      return character(() => true)
    case '^':
      return place('start')
    case '$':
      return place('end')
    case '\\':
      return readEscaped(cursor, at)
    case '*':
    case '+':
    case '?':
    case '{':
      throw new Unreadable(`"${one}" at place ${at + 1} repeats nothing`, `write \\${one} for the character itself`)
    default:
      return literal(one as string)
  }
}

function readEscaped(cursor: Cursor, at: number): Part {
  const one = take(cursor)
  if (one === undefined) throw new Unreadable('the pattern ends with "\\"', 'write \\\\ for the character itself')
  if (one === 'b') return place('boundary')
  if (one === 'B') return place('inside')
  const set = SETS[one]
  if (set) return character(set)
  refuseLetter(one, at)
  return literal(one)
}

/** After a backslash letters and digits have meanings of their own, most of which patterns lack. */
function refuseLetter(escaped: string, at: number): void {
  if (/[A-Za-z0-9]/.test(escaped))
    throw new Unreadable(
      `"\\${escaped}" at place ${at + 1} means nothing in a pattern`,
      'known are \\d \\w \\s \\D \\W \\S, outside [ ] also \\b \\B, and a "\\" before a sign',
    )
}

function readClass(cursor: Cursor, at: number): CharTest {
  const tests: CharTest[] = []
  const opposite = peek(cursor) === '^'
  if (opposite) cursor.at++
  for (let one = take(cursor), first = true; one !== ']' || first; one = take(cursor), first = false) {
    if (one === undefined) throw new Unreadable(`the "[" at place ${at + 1} is never closed`, 'add "]", or write \\[')
    const escaped = one === '\\' ? take(cursor) : undefined
    const set = escaped === undefined ? undefined : SETS[escaped]
    if (set) {
      tests.push(set)
      continue
    }
    if (escaped !== undefined) refuseLetter(escaped, at)
    const from = (escaped ?? one).codePointAt(0) as number
    let to = from
    if (peek(cursor) === '-' && cursor.characters[cursor.at + 1] !== ']') {
      cursor.at++
      const end = take(cursor)
      to = (end === '\\' ? take(cursor) : end)?.codePointAt(0) ?? from
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
function readRepeated(cursor: Cursor, part: Part): Part {
  const at = cursor.at
  const one = peek(cursor)
  if (one === '*' || one === '+' || one === '?') {
    cursor.at++
    refuseTwice(cursor)
    if (one === '?') return optional(part, false)
    return one === '*' ? optional(part, true) : sequence([part, optional(part, true)])
  }
  if (one !== '{') return part
  const written = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(cursor.characters.slice(at, at + 9).join(''))
  if (!written)
    throw new Unreadable(`"{" at place ${at + 1} is not a number of times`, 'write {2}, {2,} or {2,5}, or \\{')
  cursor.at += written[0].length
  refuseTwice(cursor)
  const least = Number(written[1])
  const most = written[2] === undefined ? least : written[3] ? Number(written[3]) : Number.POSITIVE_INFINITY
  if (most < least)
    throw new Unreadable(`${written[0]} at place ${at + 1} runs backwards`, 'write the smaller number first')
  const must = Array<Part>(least).fill(part)
  if (most === Number.POSITIVE_INFINITY) return sequence([...must, optional(part, true)])
  return sequence([...must, ...Array<Part>(most - least).fill(optional(part, false))])
}

function refuseTwice(cursor: Cursor): void {
  if (peek(cursor) === '?') cursor.at++
  const one = peek(cursor)
  if (one === '*' || one === '+' || one === '?' || one === '{')
    throw new Unreadable(`"${one}" at place ${cursor.at + 1} repeats a repetition`, 'say once how often')
}

function peek(cursor: Cursor): string | undefined {
  return cursor.characters[cursor.at]
}

function take(cursor: Cursor): string | undefined {
  return cursor.characters[cursor.at++]
}

/** A letter is compared in lower case, as the text is. */
function literal(one: string): Part {
  const codes = Array.from(one.toLowerCase(), (letter) => letter.codePointAt(0) as number)
  return sequence(codes.map((wanted) => character((code) => code === wanted)))
}
