// @ts-check
/**
 * Builds what a server runs: the command line and its worker as one file each, the store's migrations, and the
 * web pages, all under `dist/`. What has not changed since the last build is left as it is.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap, ROOT } from './bootstrap.mjs'
import { indented, run, say, seconds } from './progress.mjs'

const DIST = join(ROOT, 'dist')
const PACKAGES = join(ROOT, 'packages')

/** The built command line, as a path. */
export const PROGRAM = join(DIST, 'throughline.mjs')

/** Entry points of the programs, relative to `packages/`, by the name of the built file. */
const ENTRIES = { throughline: 'cli/src/main.ts', 'rebuild-worker': 'mart/src/rebuild-worker.ts' }

/**
 * Builds what is out of date. Gives false, and says why, when that fails.
 *
 * @param {{ quiet?: boolean }} [options] `quiet` says nothing when all is up to date or builds well.
 */
export async function build({ quiet = false } = {}) {
  const parts = [
    {
      name: 'programs',
      inputs: programInputs(),
      outputs: Object.keys(entryPoints()).map((name) => join(DIST, `${name}.mjs`)),
      make: () => bundlePrograms(entryPoints(), DIST),
    },
    { name: 'pages', inputs: pageInputs(), outputs: [join(DIST, 'web', 'index.html')], make: buildPages },
  ].filter((part) => part.inputs.length > 0)
  const due = parts
    .map((part) => ({ ...part, hash: hashOf(part.inputs), stamp: join(DIST, `.${part.name}`) }))
    .filter((part) => !part.outputs.every((path) => existsSync(path)) || part.hash !== textOf(part.stamp))
  if (due.length === 0) return true
  const began = performance.now()
  if (!quiet) say(`Building ${due.map((part) => part.name).join(' and ')} …`)
  mkdirSync(DIST, { recursive: true })
  // Hashed before building: a change during the build is built the next time.
  const outcomes = await Promise.allSettled(
    due.map(async (part) => {
      await part.make()
      writeFileSync(part.stamp, part.hash)
    }),
  )
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  for (const failure of failures) process.stderr.write(`Building failed: ${failure.message}\n`)
  if (failures.length > 0) return false
  if (!quiet) say(`Built in ${seconds(began)}.`)
  return true
}

/**
 * Bundles programs into a folder, with the store's migrations beside them.
 *
 * @param {Record<string, string>} entries entry points by the name of the built file
 * @param {string} folder
 */
export async function bundlePrograms(entries, folder) {
  const { build: bundle, stop } = await import('esbuild')
  const { metafile } = await bundle({
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // A command loads its own parts only.
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'warning',
    absWorkingDir: ROOT,
    plugins: [sourcesOnly],
  })
  await stop()
  const written = new Set(Object.keys(metafile.outputs).map((path) => join(ROOT, path)))
  for (const name of readdirSync(folder))
    if (/\.mjs(\.map)?$/.test(name) && !written.has(join(folder, name))) rmSync(join(folder, name))
  const migrations = join(PACKAGES, 'store', 'migrations')
  rmSync(join(folder, 'migrations'), { recursive: true, force: true })
  if (existsSync(migrations)) cpSync(migrations, join(folder, 'migrations'), { recursive: true })
}

/**
 * Bundles the project's own packages from their sources; packages from npm stay imports, found in node_modules.
 *
 * @type {import('esbuild').Plugin}
 */
const sourcesOnly = {
  name: 'sources-only',
  setup(setup) {
    setup.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point' || path.startsWith('@throughline/')) return undefined
      return { path, external: true }
    })
  },
}

async function buildPages() {
  const { code, output } = await run(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'),
      'build',
      join(PACKAGES, 'web'),
      '--outDir',
      join(DIST, 'web'),
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ],
    { cwd: join(PACKAGES, 'web'), quiet: true, env: { ...process.env, NODE_ENV: 'production' } },
  )
  if (code !== 0) throw new Error(`The web pages cannot be built: correct what Vite names here.\n${indented(output)}`)
}

/** Entry points that exist, by the name of the built file. @returns {Record<string, string>} */
function entryPoints() {
  const paths = Object.entries(ENTRIES).map(([name, path]) => [name, join(PACKAGES, path)])
  return Object.fromEntries(paths.filter(([, path]) => existsSync(path ?? '')))
}

/** Files the programs are made of; none while there is no command line to build. */
function programInputs() {
  if (!existsSync(join(PACKAGES, ENTRIES.throughline))) return []
  const folders = readdirSync(PACKAGES).filter((name) => name !== 'web')
  return [
    ...folders.flatMap((name) => [join(PACKAGES, name, 'src'), join(PACKAGES, name, 'package.json')]),
    join(PACKAGES, 'store', 'migrations'),
    join(ROOT, 'package-lock.json'),
    join(ROOT, 'scripts', 'build.mjs'),
  ].flatMap(filesUnder)
}

/** Files the web pages are made of; none while there are no pages to build. */
function pageInputs() {
  if (!existsSync(join(PACKAGES, 'web', 'vite.config.ts'))) return []
  return [
    join(PACKAGES, 'web'),
    join(PACKAGES, 'core', 'src'),
    join(PACKAGES, 'engine', 'src'),
    join(ROOT, 'scenarios'),
    join(ROOT, 'SPEC.md'),
    join(ROOT, 'package-lock.json'),
    join(ROOT, 'scripts', 'build.mjs'),
  ].flatMap(filesUnder)
}

/** The file, or all files below the folder but tests and what was installed; nothing where nothing is. @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path]
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

/** @param {readonly string[]} files */
function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** @param {string} path */
function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await bootstrap()
  if (!(await build())) process.exitCode = 1
}
