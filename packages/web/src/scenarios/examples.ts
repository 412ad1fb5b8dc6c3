/// <reference types="vite/client" />

/** A scenario to start from: the file's name without its ending, what it shows, and its text. */
export type Example = Readonly<{ id: string; name: string; text: string }>

const TEXTS = import.meta.glob<string>('../../../../scenarios/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Every scenario of the specification, in the order of their names. */
export const EXAMPLES: readonly Example[] = Object.entries(TEXTS)
  .map(([path, text]) => ({
    id: path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
    name: /^scenario: *(.+)$/m.exec(text)?.[1]?.replace(/^(["'])(.*)\1$/, '$2') ?? '',
    text,
  }))
  .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
