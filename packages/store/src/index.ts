export { StoreError, type StoreErrorCode } from './errors.ts'
export { openStore, type StoreOptions, type StorePlace } from './open.ts'
