import { type OrgManifest, writeOrg } from '@throughline/connectors'
import type { Progress } from '../progress.ts'

export type GenerateOptions = Readonly<{ out: string; people: number; seed: string; until: string }>

/** Writes a synthetic company and tells how much it wrote. */
export async function generateOrg(
  options: GenerateOptions,
  progress: Progress,
): Promise<{ files: number; rows: number; manifest: OrgManifest }> {
  const manifest = await writeOrg(
    options.out,
    { people: options.people, seed: options.seed, until: options.until },
    (done, of) => progress.at('Generating people', done, of),
  )
  progress.done()
  return { files: manifest.files.length, rows: manifest.files.reduce((sum, { rows }) => sum + rows, 0), manifest }
}
