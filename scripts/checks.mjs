// @ts-check
/** The checks: what holds for the sources as they stand, without running them. All of them take seconds. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './bootstrap.mjs'
import { breaches, breachText } from './fences.mjs'
import { run } from './progress.mjs'

const MODULES = join(ROOT, 'node_modules')

/** @param {string} program path below node_modules of a script for Node @param {readonly string[]} args */
const node = (program, ...args) => run(process.execPath, [join(MODULES, program), ...args], { cwd: ROOT, quiet: true })

/** @param {string} project */
const types = (project) => node('typescript-native/bin/tsc', '--pretty', 'false', '-p', project)

/** @type {readonly { title: string, look: () => Promise<{ code: number, output: string }> }[]} */
export const CHECKS = [
  {
    title: 'lint and format (correct with: npm run format)',
    look: () => node('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--colors=off', '.'),
  },
  { title: 'types of the repository', look: () => types('.') },
  { title: 'types of the core, with neither Node nor a browser', look: () => types('packages/core') },
  ...(existsSync(join(ROOT, 'packages/web/tsconfig.json'))
    ? [{ title: 'types of the pages, with a browser and no Node', look: () => types('packages/web') }]
    : []),
  {
    title: 'fences between packages',
    look: async () => {
      const found = breaches(ROOT)
      return { code: found.length > 0 ? 1 : 0, output: found.map(breachText).join('\n') }
    },
  },
]
