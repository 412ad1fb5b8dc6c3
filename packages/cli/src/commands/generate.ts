import { type OrgManifest, writeOrg } from '@throughline/connectors'
import type { Progress } from '../progress.ts'

export type GenerateOptions = Readonly<{ out: string; people: number; seed: string; until: string }>

/** Writes a synthetic company and gives its manifest. */
export async function generateOrg({ out, ...options }: GenerateOptions, progress: Progress): Promise<OrgManifest> {
  const manifest = await writeOrg(out, options, ({ people, ofPeople }) =>
    progress.at('Generating people', people, ofPeople),
  )
  progress.done()
  return manifest
}
