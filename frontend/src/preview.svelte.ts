// A paper that is looked at, before whatever screen is open.

import type { Program } from './program'

export class Preview {
  /** Where it is shown from; empty while nothing is. */
  address = $state('')
  /** It is shown, or about to be. */
  open = $state(false)

  #program: Program
  #round = 0

  constructor(program: Program) {
    this.#program = program
  }

  /** Shows the paper of an id, unless it is closed before the program has answered. */
  async show(id: string): Promise<void> {
    const round = ++this.#round
    this.open = true
    try {
      const address = await this.#program.preview(id)
      if (round === this.#round) this.address = address
    } finally {
      if (round === this.#round) this.open = this.address !== ''
    }
  }

  close(): void {
    this.#round++
    this.open = false
    this.address = ''
  }
}
