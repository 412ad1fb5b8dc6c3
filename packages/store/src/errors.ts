/** Anything the store refuses or cannot do, with a literal `code` to tell the kinds apart. */
export class StoreError extends Error {
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StoreError'
    this.code = code
  }
}

export type StoreErrorCode =
  /** The database cannot be opened: no such server, no permission, not a database. */
  | 'store-unreachable'
  /** Another process kept the database for itself longer than is reasonable. */
  | 'store-busy'
  /** A migration that was already applied reads differently now. */
  | 'migration-changed'
  /** The database was made by a newer version of the program. */
  | 'migration-unknown'
  /** The folder with the migrations is not where it should be. */
  | 'migrations-missing'
  /** A text holds a character that neither engine keeps: NUL or half of a surrogate pair. */
  | 'unstorable-text'
