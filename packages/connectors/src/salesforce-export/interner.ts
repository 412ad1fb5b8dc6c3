/** Keeps each different text once, as a small number. Copies what it keeps, so that no input text stays in memory. */
export class Interner {
  #numbers = new Map<string, number>()
  #texts: string[] = []

  /** The text's number. */
  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    // A cell is a view into the piece of the file it came from and would keep all of it alive.
    const copy = Buffer.from(text, 'utf8').toString('utf8')
    const number = this.#texts.length
    this.#texts.push(copy)
    this.#numbers.set(copy, number)
    return number
  }

  textOf(number: number): string {
    return this.#texts[number] as string
  }
}
