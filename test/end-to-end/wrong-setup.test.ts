import { once } from 'node:events'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startThroughline, temporaryFolder, throughline } from './command-line.ts'

const folder = temporaryFolder()

function written(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

describe('a wrong set-up is told in one line with its place and remedy', () => {
  it('a rules file that is not YAML', () => {
    const file = written('colons.yaml', 'dormancy: days: 60\n')
    const { status, err } = throughline('rebuild', '--data', join(folder, 'a'), '--rules', file)
    expect(status).toBe(2)
    expect(err).toContain(`Error (invalid-rules): ${file} is not YAML: `)
    expect(err).toContain('into quotes')
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('a setting that there is not', () => {
    const file = written('misspelt.yaml', 'dormancy: { dayz: 60 }\n')
    const { status, err } = throughline('rebuild', '--data', join(folder, 'a'), '--rules', file)
    expect(status).toBe(2)
    expect(err).toContain('dormancy: Unrecognized key: "dayz"; there are enabled, days, runAtMinute, outcome')
  })

  it('a data folder that is a file', () => {
    const file = written('a-file', '')
    const { status, err } = throughline('rebuild', '--data', file)
    expect(status).toBe(2)
    expect(err).toContain(`${file} cannot be used as the data folder`)
    expect(err).toContain('--data')
  })

  it('a data folder that a server holds: nothing is said about deleting it', async () => {
    const data = join(folder, 'held')
    const server = startThroughline('start', '--data', data, '--port', '0')
    try {
      let said = ''
      server.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
      while (!said.includes('is ready at')) await once(server.stderr as NodeJS.ReadableStream, 'data')
      const { status, err } = throughline('verify', '--data', data)
      expect(status).toBe(1)
      expect(err).toContain(`is in use by another process (${server.pid})`)
      expect(err).not.toContain('delete')
    } finally {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
  })
})

// Windows has no file modes to look at.
it.skipIf(process.platform === 'win32')(
  'what is kept is its owner’s alone, also in a folder that was there before',
  () => {
    const data = join(folder, 'open')
    mkdirSync(data, { mode: 0o755 })
    expect(throughline('rebuild', '--data', data).status).toBe(0)
    for (const file of ['throughline.sqlite', 'mart.duckdb'])
      expect((statSync(join(data, file)).mode & 0o777).toString(8), file).toBe('600')
  },
)
