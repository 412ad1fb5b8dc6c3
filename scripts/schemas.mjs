/** Writes what is generated and kept in the repository: the facts' JSON Schema and the web app's API types. */
import { spawnSync } from 'node:child_process'

const tests = ['packages/engine/src/fact-schema.test.ts', 'packages/web/test/api-types.test.ts']
const { status } = spawnSync('npx', ['vitest', 'run', ...tests, '--update'], { stdio: 'inherit' })
process.exit(status ?? 1)
