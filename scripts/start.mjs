// @ts-check
/**
 * `npm start`: from a clone to a page that shows a generated company. Installs and builds what is missing, then
 * becomes `throughline demo`; arguments after `--` are passed on.
 */
import { pathToFileURL } from 'node:url'
import { bootstrap } from './bootstrap.mjs'
import { build, PROGRAM } from './build.mjs'

await bootstrap()
if (!(await build())) process.exit(1)
// In this very process, so that Ctrl-C and signals reach the server and nothing stands between.
process.argv.splice(1, process.argv.length - 1, PROGRAM, 'demo', ...process.argv.slice(2))
await import(pathToFileURL(PROGRAM).href)
