// @ts-check
/**
 * The fences between packages, read from the sources themselves: which package may import which, what the core
 * must not touch, and where the environment and the clock may be read. Each function takes a repository's root
 * and gives the breaches it finds; none means the fence holds.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'

/** A place that breaks a rule of the house. @typedef {{ file: string, line: number, says: string }} Breach */

/** The packages each package may import. */
export const ARROWS = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  core: [],
  engine: ['core'],
  store: ['core', 'engine'],
  mart: ['core', 'engine'],
  connectors: ['core', 'engine'],
  server: ['core', 'engine'],
  web: ['core', 'engine'],
  cli: ['core', 'engine', 'store', 'mart', 'connectors', 'server', 'web'],
})

/** What lies in the clone but is not its source. */
const NOT_SOURCE = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', '.cache', '.throughline'])

/**
 * All files of the repository, relative to its root, with forward slashes, sorted.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function repositoryFiles(root) {
  /** @type {(folder: string) => string[]} */
  const under = (folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      if (NOT_SOURCE.has(entry.name)) return []
      const path = join(folder, entry.name)
      return entry.isDirectory() ? under(path) : [path.split(sep).join('/')]
    })
  return under('.').sort()
}

/** Whether the file is a test or serves tests only. @param {string} file */
export function isTest(file) {
  return /\.test\.tsx?$/.test(file) || /(^|\/)(test|testing|bench)\//.test(file)
}

/** Sources of the packages that are no tests. @param {string} root */
function packageSources(root) {
  return repositoryFiles(root).filter((file) => /^packages\/[^/]+\/src\/.*\.(ts|tsx|mts)$/.test(file) && !isTest(file))
}

/** @param {string} file */
function packageOf(file) {
  return file.split('/')[1] ?? ''
}

/** Imports that no arrow allows, in package.json files and in sources, of types as well as of values. @param {string} root */
export function wrongArrows(root) {
  return [...undeclaredArrows(root), ...packageSources(root).flatMap((file) => wrongImports(root, file))]
}

/** @param {string} root @returns {Breach[]} */
function undeclaredArrows(root) {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const file = `packages/${name}/package.json`
    if (!existsSync(join(root, file))) return []
    const allowed = ARROWS[name]
    if (allowed === undefined)
      return [
        { file, line: 1, says: `package ${name} has no place in the house: name its arrows in scripts/fences.mjs` },
      ]
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8'))
    const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']
    const names = kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}))
    if (name === 'core' && names.length > 0)
      return [{ file, line: 1, says: `core depends on ${names.join(', ')}, but core imports nothing` }]
    return names
      .filter(
        (dependency) =>
          dependency.startsWith('@throughline/') && !allowed.includes(dependency.slice('@throughline/'.length)),
      )
      .map((dependency) => ({ file, line: 1, says: arrowSays(name, dependency) }))
  })
}

/** @param {string} root @param {string} file @returns {Breach[]} */
function wrongImports(root, file) {
  const name = packageOf(file)
  const allowed = ARROWS[name] ?? []
  return importsOf(root, file).flatMap(({ specifier, line }) => {
    if (specifier.startsWith('.')) {
      const target = relative(join(root, 'packages', name), resolve(join(root, dirname(file)), specifier))
      return target.startsWith('..')
        ? [{ file, line, says: `${specifier} leaves the package: import the package by its name` }]
        : []
    }
    if (specifier.startsWith('@throughline/')) {
      const [, target = ''] = specifier.split('/')
      return target === name || allowed.includes(target) ? [] : [{ file, line, says: arrowSays(name, specifier) }]
    }
    return name === 'core' ? [{ file, line, says: `core imports ${specifier}, but core imports nothing` }] : []
  })
}

/** @param {string} name @param {string} target */
function arrowSays(name, target) {
  const allowed = ARROWS[name] ?? []
  return `${name} must not import ${target} (allowed: ${allowed.join(', ') || 'nothing'}). Let it arrive as a value, or declare a port in the engine`
}

/**
 * Every module the file names: imports, re-exports, dynamic imports, types written `import('…')`.
 *
 * @param {string} root
 * @param {string} file
 */
function importsOf(root, file) {
  /** @type {{ specifier: string, line: number }[]} */
  const found = []
  const source = parse(root, file)
  visit(source, (node) => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined
    if (named !== undefined && ts.isStringLiteralLike(named))
      found.push({ specifier: named.text, line: lineOf(source, node) })
  })
  return found
}

/** Names of the world outside that the core must not speak. */
const OUTSIDE = new Map([
  ['Date', 'time arrives as facts and asOf'],
  ['Intl', 'zones arrive in the rules, texts are compared by code unit'],
  ...[
    'process',
    'fetch',
    'console',
    'globalThis',
    'performance',
    'crypto',
    'setTimeout',
    'setInterval',
    'queueMicrotask',
  ].map((name) => /** @type {[string, string]} */ ([name, 'the core only computes'])),
])

/** What makes the core impure: clock, locale, chance, waiting, state that outlives a call. @param {string} root @returns {Breach[]} */
export function impurities(root) {
  return packageSources(root)
    .filter((file) => packageOf(file) === 'core')
    .flatMap((file) => {
      const source = parse(root, file)
      /** @type {Breach[]} */
      const found = []
      const tell = (/** @type {ts.Node} */ node, /** @type {string} */ says) =>
        found.push({ file, line: lineOf(source, node), says: `${says} (core is pure)` })
      visit(source, (node) => {
        if (ts.isIdentifier(node) && OUTSIDE.has(node.text) && !isNameOfMember(node))
          tell(node, `${node.text}: ${OUTSIDE.get(node.text)}`)
        if (ts.isPropertyAccessExpression(node)) {
          if (node.getText(source) === 'Math.random') tell(node, 'Math.random: the core has no chance')
          if (/^(localeCompare|toLocale\w+)$/.test(node.name.text))
            tell(node, `${node.name.text}: the core has no locale`)
        }
        if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node))
          tell(node, 'async: the core waits for nothing')
        if (ts.isClassDeclaration(node) && !isFailure(node)) tell(node, 'class: the core is functions over plain data')
      })
      for (const statement of source.statements)
        if (ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) === 0)
          tell(statement, 'a variable of the module: its value would outlive the call')
      return found
    })
}

/** A typed failure is the one thing in the core that is a class. @param {ts.ClassDeclaration} node */
function isFailure(node) {
  return (node.heritageClauses ?? []).some(({ types }) =>
    types.some(({ expression }) => /Error$/.test(expression.getText())),
  )
}

/** `a.Date` and `{ Date: … }` are somebody's own names. @param {ts.Identifier} node */
function isNameOfMember(node) {
  const { parent } = node
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node)
  )
}

/** Packages that may read the environment and the clock. */
const MAY_READ_THE_WORLD = new Set(['cli'])

/** Places outside the command line that read the environment or the clock. @param {string} root @returns {Breach[]} */
export function worldReaders(root) {
  return packageSources(root)
    .filter((file) => !MAY_READ_THE_WORLD.has(packageOf(file)))
    .flatMap((file) => {
      const source = parse(root, file)
      /** @type {Breach[]} */
      const found = []
      visit(source, (node) => {
        const what =
          ts.isPropertyAccessExpression(node) && /^(globalThis\.)?(process\.env|Date\.now)$/.test(node.getText(source))
            ? node.getText(source)
            : ts.isNewExpression(node) &&
                node.expression.getText(source) === 'Date' &&
                (node.arguments ?? []).length === 0
              ? 'new Date()'
              : undefined
        if (what !== undefined)
          found.push({
            file,
            line: lineOf(source, node),
            says: `${what}: only the cli reads the environment and the clock; take it as a value`,
          })
      })
      return found
    })
}

/** @type {Map<string, { changed: number, source: ts.SourceFile }>} */
const parsed = new Map()

/** @param {string} root @param {string} file @returns {ts.SourceFile} */
export function parse(root, file) {
  const path = join(root, file)
  const changed = statSync(path).mtimeMs
  const known = parsed.get(path)
  if (known?.changed === changed) return known.source
  const source = ts.createSourceFile(file, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  parsed.set(path, { changed, source })
  return source
}

/** Calls back for each node below this one. @param {ts.Node} node @param {(node: ts.Node) => void} each */
export function visit(node, each) {
  ts.forEachChild(node, (child) => {
    each(child)
    visit(child, each)
  })
}

/** @param {ts.SourceFile} source @param {ts.Node} node */
export function lineOf(source, node) {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
}

/** One line for a person. @param {Breach} breach */
export function breachText({ file, line, says }) {
  return `${file}:${line}: ${says}`
}

/** All breaches of all fences. @param {string} root */
export function breaches(root) {
  return [...wrongArrows(root), ...impurities(root), ...worldReaders(root)]
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = breaches(resolve(process.argv[2] ?? '.'))
  for (const breach of found) process.stdout.write(`${breachText(breach)}\n`)
  process.exitCode = found.length > 0 ? 1 : 0
}
