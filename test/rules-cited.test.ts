import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { lineOf, parse, repositoryFiles, visit } from '../scripts/fences.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILES = repositoryFiles(ROOT)
const SOURCES = FILES.filter((file) => /^(packages|test)\/.*\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
const TESTS = SOURCES.filter((file) => /\.test\.tsx?$/.test(file))
const SCENARIOS = FILES.filter((file) => file.startsWith('scenarios/') && !file.endsWith('.md'))

/** A rule's number: a letter for the part of SPEC.md it stands in, and its place there. */
const ID = /^[A-Z]{1,2}\d{1,2}$/

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** Ids of the rules, as SPEC.md has them: lines that begin with `- **A1**`. */
function specified(): string[] {
  if (!existsSync(join(ROOT, 'SPEC.md'))) return []
  return [...read('SPEC.md').matchAll(/^- \*\*([A-Z]{1,2}\d{1,2})\*\*/gm)].map(([, id = '']) => id)
}

/** Rules that the code says it follows: `[A1]` in a text or a comment, and `'A1'` where the core names a rule. */
function cited(file: string): { id: string; place: string }[] {
  const source = parse(ROOT, file)
  const brackets = source.text.split('\n').flatMap((text, index) =>
    // An index such as `table[A1]` is no citation: a citation stands in words.
    [...text.matchAll(/(?<![\w\])])\[([A-Z]{1,2}\d{1,2})\]/g)].map(([, id = '']) => ({
      id,
      place: `${file}:${index + 1}`,
    })),
  )
  const names: { id: string; place: string }[] = []
  visit(source, (node) => {
    if (!ts.isStringLiteral(node) || !ID.test(node.text)) return
    const { parent } = node
    const asRule = ts.isPropertyAssignment(parent) && ['rule', 'rules'].includes(parent.name.getText(source))
    if (asRule || /^packages\/core\/src\//.test(file))
      names.push({ id: node.text, place: `${file}:${lineOf(source, node)}` })
  })
  return [...brackets, ...names]
}

/** Titles of the tests in a file. */
function titles(file: string): string[] {
  const source = parse(ROOT, file)
  const found: string[] = []
  visit(source, (node) => {
    if (!ts.isCallExpression(node) || !/^(it|test|describe)\b/.test(node.expression.getText(source))) return
    const [title] = node.arguments
    if (title && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) found.push(title.getText(source))
  })
  return found
}

describe('rules', () => {
  const rules = specified()

  test('are numbered in SPEC.md, each number once', () => {
    expect(rules.length).toBeGreaterThan(20)
    expect(rules.filter((id, place) => rules.indexOf(id) !== place)).toEqual([])
  })

  test('that the code follows are written in SPEC.md', () => {
    const citations = SOURCES.flatMap(cited)
    expect(citations.length).toBeGreaterThan(20)
    const unknown = citations.filter(({ id }) => !rules.includes(id)).map(({ id, place }) => `${place}: ${id}`)
    expect(unknown).toEqual([])
  })

  test('are each shown by a scenario or a test that names them', () => {
    const shown = [...SCENARIOS.map(read), ...TESTS.flatMap(titles)].flatMap(
      (text) => text.match(/\b[A-Z]{1,2}\d{1,2}\b/g) ?? [],
    )
    const known = new Set(shown)
    expect(rules.filter((id) => !known.has(id))).toEqual([])
  })
})
