import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { breaches, breachText, lineOf, parse, repositoryFiles, visit } from '../scripts/fences.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILES = repositoryFiles(ROOT)
const CODE = FILES.filter((file) => /\.(ts|tsx|mjs|css)$/.test(file) && !file.endsWith('.d.ts'))
const TYPESCRIPT = CODE.filter((file) => /\.tsx?$/.test(file))
const TESTS = TYPESCRIPT.filter((file) => /\.test\.tsx?$/.test(file))
const TEXTS = FILES.filter((file) => !/\.(png|ico|gz|zip|parquet|woff2?)$/.test(file))
const PAGES = FILES.filter((file) => file.endsWith('.md'))

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** Lines of the files that match, as `file:line: text`. */
function linesWith(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((text, index) => (pattern.test(text) ? [`${file}:${index + 1}: ${text.trim().slice(0, 120)}`] : [])),
  )
}

/** Nodes of the files for which `tell` says something, as `file:line: what it says`. */
function nodesOf(files: readonly string[], tell: (node: ts.Node, source: ts.SourceFile) => string | undefined) {
  return files.flatMap((file) => {
    const source = parse(ROOT, file)
    const found: string[] = []
    visit(source, (node) => {
      const says = tell(node, source)
      if (says !== undefined) found.push(`${file}:${lineOf(source, node)}: ${says}`)
    })
    return found
  })
}

describe('the house', () => {
  test('has sources to look at', () => {
    expect(TYPESCRIPT.length).toBeGreaterThan(20)
    expect(TESTS).toContain('test/tidy.test.ts')
  })

  test('keeps to its fences: arrows between packages, a pure core, the world read at the edge', () => {
    expect(breaches(ROOT).map(breachText)).toEqual([])
  })
})

describe('files', () => {
  test('are named in kebab-case', () => {
    const base = (file: string) => file.slice(file.lastIndexOf('/') + 1)
    expect(CODE.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/.test(base(file)))).toEqual([])
  })

  test('are named for what they hold, not for being useful', () => {
    const vague = /(^|[-/.])(utils?|helpers?|managers?|misc|common)([-/.]|$)/
    expect(FILES.filter((file) => vague.test(file))).toEqual([])
  })

  test('have no more than 600 lines', () => {
    const length = (file: string) => read(file).trimEnd().split('\n').length
    expect(CODE.filter((file) => length(file) > 600)).toEqual([])
  })

  test('name no place on somebody’s machine', () => {
    const places = ['work', 'tmp/bg', 'root'].map((folder) => `/${folder}/`)
    const own = new RegExp(`(^|[\\s'"\`(=])(${places.join('|')})`)
    expect(linesWith(TEXTS, own)).toEqual([])
  })

  test('of the lock name no server that packages were downloaded from', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> }
    const addresses = Object.values(lock.packages).map(({ resolved }) => resolved ?? '')
    expect(addresses.filter((address) => address.includes(':'))).toEqual([])
  })
})

describe('TypeScript', () => {
  test('has no any', () => {
    expect(nodesOf(TYPESCRIPT, (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'any' : undefined))).toEqual([])
  })
})

describe('tests', () => {
  /** `it`, `test.each`, `describe.skipIf` and the like, as the words they are made of. */
  const words = (node: ts.Node): string[] => {
    if (ts.isIdentifier(node)) return [node.text]
    if (ts.isPropertyAccessExpression(node)) return [...words(node.expression), node.name.text]
    if (ts.isCallExpression(node)) return words(node.expression)
    return []
  }

  const saysSomething = (node: ts.Node) =>
    ts.isTemplateExpression(node) || (ts.isStringLiteralLike(node) && node.text !== '')

  /** Names of the values that texts of the file hold, such as `missing` in `on Postgres${missing}`. */
  const inTitles = (source: ts.SourceFile): string[] => {
    const names: string[] = []
    visit(source, (node) => {
      if (ts.isTemplateSpan(node)) names.push(...(node.expression.getText(source).match(/\w+/g) ?? []))
    })
    return names
  }

  test('are never the only ones to run', () => {
    const only = (node: ts.Node) =>
      ts.isCallExpression(node) &&
      ['it', 'test', 'describe'].includes(words(node)[0] ?? '') &&
      words(node).includes('only')
    expect(nodesOf(TESTS, (node) => (only(node) ? 'only' : undefined))).toEqual([])
  })

  test('are skipped for a reason: the text of context.skip, a value that a title shows, or a comment beside it', () => {
    const skip = (node: ts.Node, source: ts.SourceFile) => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
      if (!['skip', 'skipIf', 'runIf', 'todo'].includes(node.expression.name.text)) return undefined
      const [subject = ''] = words(node.expression.expression)
      const runner = ['it', 'test', 'describe'].includes(subject)
      if (!runner) return node.arguments.some((given) => saysSomething(given)) ? undefined : 'no reason'
      const [condition] = node.arguments
      if (condition && ts.isIdentifier(condition)) {
        // `it.skip(NO_SERVER, …)`, or `it.skipIf(NO_SERVER)` under a title that holds `${NO_SERVER}`.
        if (node.expression.name.text === 'skip' || inTitles(source).includes(condition.text)) return undefined
      }
      const lines = source.text.split('\n')
      const line = lineOf(source, node) - 1
      return [lines[line - 1], lines[line]].some((text) => /\/[/*].{8,}/.test(text ?? '')) ? undefined : 'no reason'
    }
    expect(nodesOf(TESTS, skip)).toEqual([])
  })

  test('have titles of their own within a file', () => {
    const twice = TESTS.flatMap((file) => {
      const source = parse(ROOT, file)
      const seen = new Set<string>()
      const repeated: string[] = []
      const walk = (node: ts.Node, path: string): void => {
        let below = path
        if (ts.isCallExpression(node) && ['it', 'test', 'describe'].includes(words(node)[0] ?? '')) {
          const title = node.arguments[0]
          if (title && ts.isStringLiteralLike(title)) {
            below = `${path} › ${title.text}`
            if (seen.has(below)) repeated.push(`${file}:${lineOf(source, node)}:${below}`)
            seen.add(below)
          }
        }
        ts.forEachChild(node, (child) => walk(child, below))
      }
      walk(source, '')
      return repeated
    })
    expect(twice).toEqual([])
  })

  test('belong to one suite each, so that none is forgotten and none runs twice', () => {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
    const listed = execFileSync(process.execPath, [vitest, 'list', '--filesOnly', '--json'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    const files = (JSON.parse(listed) as { file: string }[]).map(({ file }) => file.slice(ROOT.length))
    expect(files.sort()).toEqual(TESTS)
  })
})

describe('pages of documentation', () => {
  const withoutCode = (text: string) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')

  test('link to files that exist', () => {
    const broken = PAGES.flatMap((page) =>
      [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link = '']) => link.split('#')[0] ?? '')
        .filter((link) => link !== '' && !/^[a-z]+:/.test(link) && !existsSync(join(ROOT, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    )
    expect(broken).toEqual([])
  })

  test('name npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const wrong = PAGES.flatMap((page) =>
      [...read(page).matchAll(/npm run ([a-z][\w:-]*)/g)]
        .filter(([, script = '']) => !(script in scripts))
        .map(([text]) => `${page}: ${text}`),
    )
    expect(wrong).toEqual([])
    const missing = Object.values(scripts).flatMap((command) =>
      [...command.matchAll(/node (scripts\/\S+)/g)]
        .filter(([, file = '']) => !FILES.includes(file))
        .map(([text]) => text),
    )
    expect(missing).toEqual([])
  })
})
