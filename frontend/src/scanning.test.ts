import { afterEach, describe, expect, it } from 'vitest'

import type { Desk } from './desk.svelte'
import type { Snapshot } from './steps'
import { listen } from './keyboard'
import { composing, Scanning } from './scanning'
import { soon } from './soon'

afterEach(() => document.body.replaceChildren())

/** Keys of a scanner, as an input method reports them when it is on. */
function keys(text: string, on: EventTarget, ime: boolean): KeyboardEvent[] {
  const codeOf = (c: string) => (c === '-' ? 'Minus' : /\d/.test(c) ? `Digit${c}` : `Key${c}`)
  return [...[...text].map(codeOf), 'Enter'].map((code) => {
    const event = new KeyboardEvent('keydown', { code, key: ime ? 'Process' : code, isComposing: ime })
    Object.defineProperty(event, 'keyCode', { value: ime ? 229 : 0 })
    Object.defineProperty(event, 'target', { value: on })
    return event
  })
}

function scanning(): { scan: Scanning; read: string[]; restored: Snapshot[] } {
  const read: string[] = []
  const restored: Snapshot[] = []
  const desk = { snapshot: () => ({ caseNumber: 'before' }), restore: (to: Snapshot) => restored.push(to) }
  const scan = new Scanning(desk as unknown as Desk, (text) => read.push(text))
  return { scan, read, restored }
}

describe('scanning', () => {
  it('takes back what a key before the burst would have done a moment later', async () => {
    const { scan } = scanning()
    const done: string[] = []
    for (const event of keys('SIM-MG26-000017-2', document.body, false)) {
      if (!scan.key(event)) soon(() => done.push(event.code))
    }
    soon(() => done.push('after'))
    await expect.poll(() => done).toEqual(['after'])
  })

  for (const ime of [false, true]) {
    it(`reads a letter in a field with the input method ${ime ? 'on' : 'off'}`, () => {
      const { scan, read, restored } = scanning()
      const field = document.createElement('textarea')
      field.value = '鹿児島市'
      document.body.append(field)
      field.focus()
      let heard = 0
      field.addEventListener('input', () => heard++)
      const mine = keys('SIM-MG26-000017-2', field, ime).map((event, i) => {
        if (i > 0) field.value += 'か' // the field has it before anybody can stop it
        return scan.key(event)
      })
      expect(read).toEqual(['SIM-MG26-000017-2'])
      expect(mine.slice(3).every((taken) => taken)).toBe(true)
      expect(field.value).toBe('鹿児島市')
      expect(heard, 'the screen is told of the old text').toBe(1)
      expect(restored).toHaveLength(1)
      if (ime) expect(document.activeElement, 'leaving the field ends the composition').not.toBe(field)
    })
  }

  it('tells keys of an input method from others, also just after it ended', () => {
    const [first] = keys('A', document.body, true)
    const [plain] = keys('A', document.body, false)
    expect(first && composing(first)).toBe(true)
    expect(plain && composing(plain)).toBe(false)
  })

  it('leaves the key that ends a composition to the input method', () => {
    const field = document.createElement('input')
    document.body.append(field)
    const stop = listen(window)
    const event = new KeyboardEvent('keydown', { code: 'Enter', bubbles: true, cancelable: true })
    Object.defineProperty(event, 'keyCode', { value: 229 })
    field.dispatchEvent(event)
    stop()
    expect(event.defaultPrevented).toBe(false)
  })
})
