import { isUtf8 } from 'node:buffer'
import type { SourceFile } from '../source/source.ts'
import { SourceError } from '../source-error.ts'

/** A piece of a file as text, and how many of its bytes have been read so far. */
export type TextChunk = Readonly<{ text: string; bytesDone: number }>

const SAVE_AS_UTF8 = 'Save it as CSV in UTF-8 (in Excel: “CSV UTF-8 (Comma delimited)”) and import it again.'

/**
 * Reads a file as UTF-8 text, piece by piece, without its byte order mark.
 *
 * @throws SourceError `not-utf8` or `not-text`, naming the line, at the first byte that is not UTF-8.
 */
export async function* readText(file: SourceFile, signal?: AbortSignal): AsyncGenerator<TextChunk> {
  let rest: Buffer = Buffer.alloc(0)
  let bytesDone = 0
  let line = 1
  let first = true
  for await (const bytes of file.read()) {
    signal?.throwIfAborted()
    bytesDone += bytes.length
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let joined = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (first) {
      // A mark or a first character may still be incomplete.
      if (joined.length < 4 && bytesDone < file.bytes) {
        rest = joined
        continue
      }
      first = false
      refuseOtherEncodings(file.name, joined)
      if (joined[0] === 0xef && joined[1] === 0xbb && joined[2] === 0xbf) joined = joined.subarray(3)
    }
    const end = completeLength(joined)
    const whole = joined.subarray(0, end)
    // A copy: the reader may use its buffer again.
    rest = Buffer.from(joined.subarray(end))
    if (!isUtf8(whole)) throw notUtf8(file.name, whole, line)
    const text = whole.toString('utf8')
    if (text.includes('\0')) throw notText(file.name, line + countBefore(whole, whole.indexOf(0)))
    line += countBefore(whole, whole.length)
    yield { text, bytesDone }
  }
  if (rest.length > 0) {
    if (!isUtf8(rest)) throw notUtf8(file.name, rest, line)
    if (first) refuseOtherEncodings(file.name, rest)
    yield { text: rest.toString('utf8').replace(/^\uFEFF/, ''), bytesDone }
  }
}

/** How much of the bytes ends on a whole character. */
function completeLength(bytes: Buffer): number {
  const length = bytes.length
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] as number
    if (byte < 0x80) return length
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return size > back ? length - back : length
    }
  }
  return length
}

function refuseOtherEncodings(file: string, start: Buffer): void {
  const [a, b, c, d] = start
  const utf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  // Plain Latin text in UTF-16 without a mark: every second byte is zero.
  const unmarked = (a === 0 && b !== 0 && c === 0 && d !== 0) || (a !== 0 && b === 0 && c !== 0 && d === 0)
  if (utf16 || unmarked)
    throw new SourceError('not-utf8', { file, row: 1 }, 'the file is written in UTF-16, not in UTF-8.', SAVE_AS_UTF8)
  if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04)
    throw new SourceError(
      'not-text',
      { file },
      'the file is a zip archive or an Excel workbook under another name.',
      'Give an archive the ending .zip; save a workbook as CSV UTF-8 first.',
    )
}

function notText(file: string, line: number): SourceError {
  return new SourceError(
    'not-text',
    { file, row: line },
    'there is a zero byte here: this is not a text file, or it was damaged on the way.',
    'Export the file again.',
  )
}

function notUtf8(file: string, bytes: Buffer, line: number): SourceError {
  let low = 0
  let high = bytes.length
  // The longest prefix of whole characters that is still valid ends where the trouble is.
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const prefix = bytes.subarray(0, middle)
    if (isUtf8(prefix.subarray(0, completeLength(prefix)))) low = middle
    else high = middle - 1
  }
  const at = low - trailing(bytes, low)
  const byte = bytes[at] ?? 0
  const shown = `0x${byte.toString(16).toUpperCase()}`
  const likely = new TextDecoder('windows-1252').decode(bytes.subarray(at, at + 1))
  return new SourceError(
    'not-utf8',
    { file, row: line + countBefore(bytes, at) },
    `the byte ${shown} is not UTF-8; the file looks like Windows-1252, where that byte is “${likely}”.`,
    SAVE_AS_UTF8,
  )
}

/** Bytes of an unfinished character right before `end`. */
function trailing(bytes: Buffer, end: number): number {
  return end - completeLength(bytes.subarray(0, end))
}

function countBefore(bytes: Buffer, end: number): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count++
  return count
}
