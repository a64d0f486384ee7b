// The keyboard is the clerk's way through the window. One listener hands every
// key to the topmost layer that wants it. Keys are physical (KeyboardEvent.code),
// so they work with a Japanese input method on; while a word is being composed,
// and while a text field has the focus, letters belong to the field.

/** Answers whether the key was used up. */
export type KeyHandler = (event: KeyboardEvent) => boolean

const layers: KeyHandler[] = []
const above: KeyHandler[] = []

/** Puts a layer on top, where always also of those that come later; the answer takes
 * it away again. */
export function layer(handler: KeyHandler, always = false): () => void {
  const pile = always ? above : layers
  pile.push(handler)
  return () => {
    const at = pile.lastIndexOf(handler)
    if (at >= 0) pile.splice(at, 1)
  }
}

/** Whether the event belongs to a field in which text is typed. */
export function typing(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['button', 'checkbox', 'radio'].includes(target.type)
}

/**
 * Whether an input method has the key. In a field the first key of a word and the
 * Enter that takes it can come without isComposing, but then with the code 229.
 */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || (event.keyCode === 229 && typing(event))
}

/** A key without Ctrl, Alt or the system key. */
export function plain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.altKey && !event.metaKey
}

/** The numeric keypad answers like the row of digits. */
export function codeOf(event: KeyboardEvent): string {
  return event.code.replace(/^Numpad(\d)$/, 'Digit$1').replace(/^NumpadEnter$/, 'Enter')
}

/** Starts listening; the answer stops it. */
export function listen(target: Window): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (composing(event) || event.repeat) return
    const asked = [...layers, ...above].reverse()
    if (!asked.some((handler) => handler(event))) return
    event.preventDefault()
    event.stopPropagation()
  }
  target.addEventListener('keydown', onKey, { capture: true })
  return () => target.removeEventListener('keydown', onKey, { capture: true })
}
