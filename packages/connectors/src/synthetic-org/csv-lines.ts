/** A row as one line of CSV (RFC 4180, but with a bare line feed): quoted only where a value needs it. */
export function csvLine(row: readonly string[]): string {
  let line = ''
  for (let i = 0; i < row.length; i++) {
    const value = row[i] as string
    line += i === 0 ? '' : ','
    line += NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value
  }
  return `${line}\n`
}

const NEEDS_QUOTES = /[",\r\n]/
