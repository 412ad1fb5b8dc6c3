/** A report was asked for something that it does not know. */
export class ReportError extends Error {
  readonly code: 'invalid-parameter'

  constructor(code: ReportError['code'], message: string) {
    super(message)
    this.name = 'ReportError'
    this.code = code
  }
}
