// What a letter key does a moment later, so that a scanner's next key comes first.

import { longestGap } from './scanner'

let waiting: ReturnType<typeof setTimeout> | undefined

/** Does something once no further key of a scanner can come. One thing waits at a time. */
export function soon(act: () => void): void {
  forgetSoon()
  waiting = setTimeout(act, longestGap + 5)
}

/** Another key came, or the screen went: what waited is not done. */
export function forgetSoon(): void {
  clearTimeout(waiting)
}
