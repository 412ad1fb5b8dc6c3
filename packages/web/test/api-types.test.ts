import { resolve } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import { expect, it } from 'vitest'
import { openApiDocument } from '../../server/src/app.ts'

it('has the types of the API as the server documents it (node scripts/schemas.mjs writes them)', async () => {
  const types = astToString(await openapiTS((await openApiDocument()) as never, { alphabetize: false }))
  const file = `/** Generated from the server's OpenAPI document by \`node scripts/schemas.mjs\`. Do not edit. */\n${types}`
  await expect(file).toMatchFileSnapshot(resolve(import.meta.dirname, '../src/api.d.ts'))
})
