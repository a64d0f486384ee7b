// A keyboard-wedge scanner types a letter's two-dimensional code faster than a
// person can. Keys are read by their physical codes, so that a Japanese input
// method does not matter. The first keys of a burst cannot be told from typing:
// they have done what they do, and are taken back when the burst is recognised.
// A machine that hangs for a moment hands over what a person typed as fast as a
// scanner: keys that cannot be a letter's code are typing, however quick.

export const longestGap = 35 // ms between two keys of a scanner
const leastKeys = 4 // keys in a row before it is a scanner

/** What a letter's code can begin with: [SIM-]KG26-000427-1. */
const possible = /^(?:SIM-|(?:SIM-)?[A-Z]{1,4}(?:\d{0,2}|\d{2}-[0-9A-Z]*(?:-\d*)?))$/

/** What one key press means to the scanner. */
export type Scan = { kind: 'typing' } | { kind: 'first' } | { kind: 'burst' } | { kind: 'read'; text: string }

export class Scanner {
  #text = ''
  #keys = 0
  #last = -Infinity

  /** Takes a key and its time in milliseconds. */
  key(code: string, at: number): Scan {
    const quick = at - this.#last < longestGap
    this.#last = at
    if (code === 'Enter' || code === 'Tab') return this.#end(quick)
    const letter = letterOf(code)
    if (letter === '')
      return { kind: code.startsWith('Shift') && quick && this.#keys >= leastKeys ? 'burst' : 'typing' }
    if (!quick) {
      this.#text = letter
      this.#keys = 1
      return { kind: 'first' }
    }
    this.#text += letter
    this.#keys = possible.test(this.#text) ? this.#keys + 1 : 0
    return { kind: this.#keys >= leastKeys ? 'burst' : 'typing' }
  }

  #end(quick: boolean): Scan {
    const text = this.#text
    const enough = quick && this.#keys >= leastKeys
    this.#text = ''
    this.#keys = 0
    return enough ? { kind: 'read', text } : { kind: 'typing' }
  }
}

/** A–Z, 0–9 and the hyphen by physical key; nothing for any other. */
function letterOf(code: string): string {
  const match = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code)
  if (match) return match[1] ?? match[2] ?? match[3] ?? ''
  return code === 'Minus' || code === 'NumpadSubtract' ? '-' : ''
}
