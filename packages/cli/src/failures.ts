/** Codes of failures that lie in how the command was called, not in what it found. */
const MISUSE: ReadonlySet<string> = new Set([
  'not-found',
  'not-a-source',
  'invalid-option',
  'invalid-parameter',
  'invalid-mapping',
  'invalid-rules',
  'invalid-environment',
  'invalid-data-folder',
  'ENOENT',
  'EISDIR',
])

/** 1: something was found to be wrong. 2: the command was misused. */
export function exitCodeOf(error: unknown): 1 | 2 {
  return MISUSE.has(codeOf(error) ?? '') ? 2 : 1
}

/**
 * What to tell the person at the terminal: for foreseen failures, which have a code, their message, which names
 * place, problem and remedy; for anything else also where it happened, because it is a bug.
 */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = codeOf(error)
  if (code !== undefined) return `Error (${code}): ${error.message}`
  return `This should not have happened; please report it.\n${error.stack ?? error.message}`
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}
