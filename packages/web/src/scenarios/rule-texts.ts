/// <reference types="vite/client" />

const SPEC = Object.values(
  import.meta.glob<string>('../../../../SPEC.md', { query: '?raw', import: 'default', eager: true }),
).join('')

/** The sentence behind each rule's number, as the specification has it. */
export const RULE_TEXTS: ReadonlyMap<string, string> = new Map(
  [...SPEC.matchAll(/^- \*\*([A-Z]+\d+[a-z]?)\*\* (.+)$/gm)].map(([, id = '', text = '']) => [id, text]),
)
