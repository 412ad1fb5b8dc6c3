import { existsSync, readFileSync } from 'node:fs'

let texts: Map<string, string> | undefined

/** The sentence behind a rule's number, as SPEC.md has it. */
export function ruleText(id: string): string | undefined {
  texts ??= readSpec()
  return texts.get(id)
}

function readSpec(): Map<string, string> {
  const found = new Map<string, string>()
  const file = new URL('../SPEC.md', import.meta.url)
  if (!existsSync(file)) return found
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const match = /^- \*\*([A-Z]+\d+[a-z]?)\*\* (.+)$/.exec(line)
    if (match) found.set(match[1] as string, match[2] as string)
  }
  return found
}
