export * from './app.ts'
export * from './csv.ts'
export * from './errors.ts'
export * from './parts.ts'
