// A draft for the case of a crash. Drafts are written one after the other: a slow
// disk must not put an old one over a newer.

import type { Asked } from './program'

export class Drafts {
  #write: (asked: Asked) => Promise<void>
  #written = ''
  #writing: Promise<void> = Promise.resolve()

  constructor(write: (asked: Asked) => Promise<void>) {
    this.#write = write
  }

  /** Writes what now() answers once its turn has come; failed hears why it did not work. */
  keep(now: () => Asked, failed: (reason: unknown) => void): Promise<void> {
    this.#writing = this.#writing.then(() => this.#one(now())).catch(failed)
    return this.#writing
  }

  async #one(asked: Asked): Promise<void> {
    const text = JSON.stringify(asked)
    if (text === this.#written) return
    this.#written = text
    await this.#write(asked)
  }
}
