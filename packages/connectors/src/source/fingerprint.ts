import { createHash } from 'node:crypto'
import type { Source } from './source.ts'

/**
 * What a source holds, as 64 hexadecimal digits: SHA-256 over the names, sizes and bytes of its CSV files
 * in the order of their names. The same files in a folder and in a zip give the same fingerprint.
 */
export async function fingerprint(source: Source, signal?: AbortSignal): Promise<string> {
  const whole = createHash('sha256')
  for (const file of source.files) {
    const content = createHash('sha256')
    let bytes = 0
    for await (const piece of file.read()) {
      signal?.throwIfAborted()
      content.update(piece)
      bytes += piece.length
    }
    whole.update(JSON.stringify([file.name, bytes, content.digest('hex')]))
  }
  return whole.digest('hex')
}
