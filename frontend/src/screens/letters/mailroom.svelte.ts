// The state of the letters screen: the boxes, what is chosen in one of them, and
// how far a run is. What may be done with a letter the program says.

import { asProblem, type PrintedView, type Problem } from '../../program'
import type { MailBoxView, MailroomProgram, Progress } from './program'

export class Mailroom {
  boxes = $state.raw<MailBoxView[]>([])
  box = $state('make')
  chosen = $state.raw<string[]>([])
  replyBy = $state('')
  progress = $state.raw<Progress>()
  problem = $state.raw<Problem>()
  said = $state('')
  busy = $state(false)

  #program: MailroomProgram
  #made: (printed: PrintedView) => void

  constructor(program: MailroomProgram, made: (printed: PrintedView) => void) {
    this.#program = program
    this.#made = made
  }

  get current(): MailBoxView | undefined {
    return this.boxes.find((b) => b.id === this.box)
  }

  /** Numbers that can be chosen: what cannot be made is left out. */
  get possible(): string[] {
    return (this.current?.lines ?? []).filter((l) => !l.fault).map((l) => l.caseNumber)
  }

  async load(): Promise<void> {
    try {
      this.boxes = await this.#program.boxes(this.replyBy)
      this.chosen = this.chosen.filter((n) => this.possible.includes(n))
      this.problem = undefined
    } catch (reason) {
      this.problem = asProblem(reason)
    }
  }

  open(box: string): void {
    if (this.busy) return
    this.box = box
    this.chosen = []
    this.said = ''
    this.problem = undefined
  }

  toggle(number: string): void {
    if (!this.possible.includes(number)) return
    this.chosen = this.chosen.includes(number)
      ? this.chosen.filter((n) => n !== number)
      : [...this.chosen, number]
  }

  /** All of the box, or none when all are chosen. */
  toggleAll(): void {
    this.chosen = this.chosen.length === this.possible.length ? [] : this.possible
  }

  /** What the box is for: makes its letters, or marks them. */
  async act(): Promise<void> {
    const box = this.current
    if (!box?.action || this.chosen.length === 0) return
    if (!box.to) return this.#run((numbers) => this.#program.make(numbers, this.replyBy))
    await this.#work(async () => {
      const marked = await this.#program.mark(this.chosen, box.to)
      await this.load()
      this.chosen = marked.failed
      this.said = `${marked.done}通を「${box.to === 'mailed' ? '発送済み' : '返戻'}」にしました`
      this.problem = marked.problem ?? undefined
    })
  }

  /** Makes the chosen letters again; the ones before are void. */
  async again(): Promise<void> {
    if (!this.current?.again || this.chosen.length === 0) return
    await this.#run((numbers) => this.#program.reissue(numbers, this.replyBy))
  }

  async #run(make: (numbers: string[]) => Promise<PrintedView>): Promise<void> {
    await this.#work(async () => {
      const count = this.chosen.length
      this.progress = { title: '照会書を作っています', done: 0, total: count }
      const stop = this.#program.onProgress((progress) => (this.progress = progress))
      try {
        this.#made(await make(this.chosen))
      } finally {
        stop()
        this.progress = undefined
      }
      this.chosen = []
      await this.load()
      this.said = `${count}通を作りました。「発送するもの」に移りました`
    })
  }

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.said = ''
    this.problem = undefined
    try {
      await work()
    } catch (reason) {
      this.problem = asProblem(reason)
    } finally {
      this.busy = false
    }
  }
}
