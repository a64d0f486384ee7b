import { afterEach, describe, expect, it, vi } from 'vitest'

import { codeOf, layer, listen, typing } from './keyboard'

const press = (code: string, init: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true, ...init })

describe('keyboard', () => {
  let stop: (() => void)[] = []
  afterEach(() => {
    stop.forEach((end) => end())
    stop = []
  })

  it('hands a key to the topmost layer that wants it', () => {
    const below = vi.fn(() => true)
    const above = vi.fn((event: KeyboardEvent) => event.code === 'F9')
    stop = [listen(window), layer(below), layer(above)]
    window.dispatchEvent(press('F9'))
    expect(below).not.toHaveBeenCalled()
    window.dispatchEvent(press('KeyQ'))
    expect(below).toHaveBeenCalledOnce()
  })

  it('asks a layer that is always on top before those that came later', () => {
    const later = vi.fn(() => true)
    const always = vi.fn((event: KeyboardEvent) => event.code === 'Escape')
    stop = [listen(window), layer(always, true), layer(later)]
    window.dispatchEvent(press('Escape'))
    expect(later).not.toHaveBeenCalled()
    window.dispatchEvent(press('KeyQ'))
    expect(later).toHaveBeenCalledOnce()
  })

  it('leaves keys alone while a word is being composed', () => {
    const handler = vi.fn(() => true)
    stop = [listen(window), layer(handler)]
    window.dispatchEvent(press('KeyQ', { isComposing: true }))
    expect(handler).not.toHaveBeenCalled()
  })

  it('reads the keypad as digits', () => {
    expect(codeOf(press('Numpad3'))).toBe('Digit3')
    expect(codeOf(press('NumpadEnter'))).toBe('Enter')
    expect(codeOf(press('KeyA'))).toBe('KeyA')
  })

  it('knows when text is typed', () => {
    const field = document.createElement('input')
    document.body.append(field)
    const event = press('KeyA')
    field.dispatchEvent(event)
    expect(typing(event)).toBe(true)
    field.remove()
  })
})
