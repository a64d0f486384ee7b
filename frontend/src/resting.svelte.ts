// After some minutes without a key or a touch the screen hides the person. The key
// that brings it back does nothing else.

export class Resting {
  locked = $state(false)
  minutes = 0 // until the screen is hidden; 0: never
  #idle: ReturnType<typeof setTimeout> | undefined

  /** Somebody is there. */
  stir(): void {
    clearTimeout(this.#idle)
    if (this.minutes > 0) this.#idle = setTimeout(() => (this.locked = true), this.minutes * 60_000)
  }

  /** Brings the screen back; true when it was hidden. */
  wake(): boolean {
    const was = this.locked
    this.locked = false
    this.stir()
    return was
  }

  stop(): void {
    clearTimeout(this.#idle)
  }
}
