import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Resting } from './resting.svelte'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('resting', () => {
  it('hides the screen after the minutes that were set, and the waking key does nothing else', () => {
    const rest = new Resting()
    rest.minutes = 5
    rest.stir()
    vi.advanceTimersByTime(4 * 60_000)
    expect(rest.wake()).toBe(false)
    vi.advanceTimersByTime(5 * 60_000 - 1)
    expect(rest.locked).toBe(false)
    vi.advanceTimersByTime(1)
    expect(rest.locked).toBe(true)
    expect(rest.wake()).toBe(true)
    expect(rest.locked).toBe(false)
  })

  it('never hides it where no minutes are set', () => {
    const rest = new Resting()
    rest.stir()
    vi.advanceTimersByTime(24 * 60 * 60_000)
    expect(rest.locked).toBe(false)
  })
})
