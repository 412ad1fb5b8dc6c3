#!/usr/bin/env node
/**
 * The command line as a program: `npx throughline …` from the repository. Builds first when sources have
 * changed since the last build.
 */
import { pathToFileURL } from 'node:url'
import { bootstrap } from '../../../scripts/bootstrap.mjs'
import { build, PROGRAM } from '../../../scripts/build.mjs'

await bootstrap()
if (!(await build({ quiet: true }))) process.exit(1)
// The program reads its arguments as if it had been started by its own name.
process.argv[1] = PROGRAM
await import(pathToFileURL(PROGRAM).href)
