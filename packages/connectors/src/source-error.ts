/** What can be wrong with a source as a whole, so that nothing of it is taken in. */
export type SourceErrorCode =
  | 'not-found'
  | 'not-a-source'
  | 'unreadable-file'
  | 'no-csv-files'
  | 'damaged-zip'
  | 'empty-zip'
  | 'zip-too-many-files'
  | 'zip-too-large'
  | 'zip-bomb'
  | 'zip-unsafe-name'
  | 'zip-encrypted'
  | 'zip-unsupported'
  | 'empty-file'
  | 'not-utf8'
  | 'not-text'
  | 'record-too-large'
  | 'unclosed-quote'
  | 'missing-column'
  | 'duplicate-column'
  | 'missing-file'
  | 'invalid-mapping'

/** Where in a source something is wrong. `row` counts the header as row 1, as a spreadsheet does. */
export type SourcePlace = Readonly<{ file?: string; row?: number; line?: number; column?: string }>

/**
 * A source that cannot be taken in. The message names the place, the problem and the remedy; the same
 * three are there as fields.
 */
export class SourceError extends Error {
  readonly code: SourceErrorCode
  readonly problem: string
  readonly remedy: string
  readonly file: string | undefined
  readonly row: number | undefined
  readonly line: number | undefined
  readonly column: string | undefined

  constructor(
    code: SourceErrorCode,
    place: SourcePlace,
    problem: string,
    remedy: string,
    options?: { cause?: unknown },
  ) {
    super(`${describePlace(place)}${problem} ${remedy}`, options)
    this.name = 'SourceError'
    this.code = code
    this.problem = problem
    this.remedy = remedy
    this.file = place.file
    this.row = place.row
    this.line = place.line
    this.column = place.column
  }
}

function describePlace(place: SourcePlace): string {
  const parts: string[] = []
  if (place.file !== undefined) parts.push(place.file)
  if (place.row !== undefined) parts.push(`row ${place.row}`)
  if (place.line !== undefined && place.line !== place.row) parts.push(`line ${place.line}`)
  if (place.column !== undefined) parts.push(`column ${place.column}`)
  return parts.length === 0 ? '' : `${parts.join(', ')}: `
}
