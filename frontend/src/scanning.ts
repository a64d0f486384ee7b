// What the window does with a scanner: keys of a burst reach nothing else, and what
// its first keys did before they were known to be a scanner's is taken back.

import type { Desk } from './desk.svelte'
import type { Snapshot } from './steps'
import { Scanner } from './scanner'
import { forgetSoon } from './soon'

type Field = HTMLInputElement | HTMLTextAreaElement

interface Before {
  desk: Snapshot
  field: Field | undefined
  text: string
}

export class Scanning {
  #scanner = new Scanner()
  #before: Before | undefined
  #desk: Desk
  #read: (text: string) => void

  constructor(desk: Desk, read: (text: string) => void) {
    this.#desk = desk
    this.#read = read
  }

  /** Takes a key; true when it belongs to a scanner and nothing else may have it. */
  key(event: KeyboardEvent): boolean {
    forgetSoon() // a key that is kept from everybody still follows the one before
    const scan = this.#scanner.key(event.code, event.timeStamp)
    if (scan.kind === 'first') this.#remember(event)
    if (scan.kind === 'typing' || scan.kind === 'first') return false
    // A Japanese input method writes into the field whatever becomes of the key.
    // Leaving the field ends that.
    if (scan.kind === 'burst' && composing(event)) this.#before?.field?.blur()
    if (scan.kind === 'read') {
      this.#takeBack()
      this.#read(scan.text)
    }
    return true
  }

  #remember(event: KeyboardEvent): void {
    const target = event.target
    const field =
      target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : undefined
    this.#before = { desk: this.#desk.snapshot(), field, text: field?.value ?? '' }
  }

  #takeBack(): void {
    const before = this.#before
    if (!before) return
    this.#before = undefined
    this.#desk.restore(before.desk)
    if (!before.field) return
    before.field.value = before.text
    before.field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
}

/** Whether an input method has the key. 229 is what its keys are called where the
 * composition has not begun or has just ended. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}
