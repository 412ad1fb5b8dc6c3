export * from './fact-schema.ts'
export * from './ports.ts'
