/** The mart could not do what it was asked. `code` tells programs why, the message tells people what to do. */
export class MartError extends Error {
  readonly code:
    | 'mart-unreadable'
    | 'mart-busy'
    | 'no-such-world'
    | 'worker-file-missing'
    | 'fact-without-cluster'
    | 'build-failed'

  constructor(code: MartError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MartError'
    this.code = code
  }
}
