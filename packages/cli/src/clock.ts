/** The wall clock, in milliseconds since 1970. Read here, and nowhere below. */
export const clock = (): number => Date.now()
