// A visit that is played at the desk. The program knows the visitor; this keeps
// what the trainee is about to say, and counts the keys they press.

import type { Desk } from '../../desk.svelte'
import { asProblem, type Program, type StartView } from '../../program'
import type { DebriefView, DrillView, StatementInput } from './program'

/** How often each paper is asked for, by its id. */
export type Papers = Record<string, number>

/** What the trainee is going to say; nothing is chosen for them. */
export interface Draft {
  outcome: string
  papers: Papers
  pins: Record<string, string>
  visits: number
  letter: '' | 'yes' | 'no'
  deadline: string
}

const nothing: Draft = { outcome: '', papers: {}, pins: {}, visits: 0, letter: '', deadline: '' }

export class Drill {
  view = $state.raw<DrillView>()!
  debrief = $state.raw<DebriefView>()
  draft = $state<Draft>(structuredClone(nothing))
  /** Papers of the bag that are accepted. */
  accepted = $state<string[]>([])
  /** The PIN whose last try was asked about. */
  lastTry = $state('')

  #program: Program
  #desk: Desk
  #keys = 0

  private constructor(program: Program, desk: Desk, view: DrillView) {
    this.#program = program
    this.#desk = desk
    this.view = view
    window.addEventListener('keydown', this.#count, { capture: true })
  }

  /** The drill that runs in the program, if one does. */
  static async join(program: Program, desk: Desk): Promise<Drill | undefined> {
    try {
      const view = await program.drill.now()
      return view.on ? new Drill(program, desk, view) : undefined
    } catch {
      return undefined // the desk itself says why the program does not answer
    }
  }

  #count = (event: KeyboardEvent): void => {
    if (!event.repeat && !this.view.paused && !this.debrief) this.#keys++
  }

  /** The desk takes no keys: the visit is over, or the clock stands. */
  get resting(): boolean {
    return this.debrief !== undefined || this.view.paused
  }

  end(): void {
    window.removeEventListener('keydown', this.#count, { capture: true })
  }

  /** Whether a question is put to the visitor; the others the trainee answers. */
  asks(key: string): boolean {
    return key !== 'procedure' && key !== 'visitor.kind'
  }

  ask(key: string): Promise<void> {
    return this.#do(() => this.#program.drill.ask(key === 'pins.rest' ? 'pins' : key))
  }

  respond(event: string, response: string): Promise<void> {
    return this.#do(() => this.#program.drill.respond(event, response))
  }

  hint(): Promise<void> {
    return this.#do(() => this.#program.drill.hint())
  }

  pause(): Promise<void> {
    return this.#do(() => this.#program.drill.pause(!this.view.paused))
  }

  /** What became possible by something done at the desk: a letter can be handed over. */
  async look(): Promise<void> {
    await this.#work(async () => {
      this.view = await this.#program.drill.now() // it answers nothing new, and the strip stays
    })
  }

  hand(to: 'holder' | 'visitor'): Promise<void> {
    return this.#do(() => this.#program.drill.hand(to))
  }

  /** Lets the visitor type a PIN; before the last try it has to be said twice. */
  async tryPIN(kind: string): Promise<void> {
    const pin = this.#desk.card?.pins.find((p) => p.kind === kind)
    const last = pin?.state === 'last-try'
    const sure = last && this.lastTry === kind
    this.lastTry = last ? kind : ''
    if (sure) this.lastTry = ''
    await this.#do(() => this.#program.drill.tryPIN(kind, sure))
  }

  /** What still has to be chosen before it can be said. */
  get open(): string[] {
    const open: string[] = []
    const { outcome, visits, letter } = this.draft
    if (!outcome) open.push('結論')
    if (this.#goesOn && !visits) open.push('来庁回数')
    if (this.#goesOn && !letter) open.push('照会書')
    return open
  }

  /** Papers, visits and letter belong to a matter that goes on here. */
  get #goesOn(): boolean {
    return this.draft.outcome === 'proceed' || this.draft.outcome === 'visit-again'
  }

  async state(): Promise<void> {
    const { outcome, papers, pins, visits, letter, deadline } = this.draft
    const said: StatementInput = {
      outcome,
      papers: Object.entries(papers)
        .filter(([, count]) => count > 0)
        .map(([id, count]) => ({ id, count })),
      pins: Object.entries(pins)
        .filter(([, entry]) => entry !== '')
        .map(([key, value]) => ({ key, value })),
      visits,
      letter: letter === 'yes',
      deadline,
      accepted: [...this.accepted],
    }
    await this.#do(() => this.#program.drill.state(said))
  }

  /** Closes the visit and shows what it came to. */
  async close(): Promise<void> {
    await this.#work(async () => {
      this.debrief = await this.#program.drill.finish(this.#keys)
    })
  }

  again(): Promise<void> {
    return this.#enter(() => this.#program.drill.again())
  }

  next(): Promise<void> {
    return this.#enter(() => this.#program.drill.next())
  }

  /** Prints the record of this run. */
  async record(): Promise<void> {
    const debrief = this.debrief
    if (!debrief?.run) return
    await this.#work(async () => {
      this.#desk.prints.add(await this.#program.drill.record(debrief.trainee, debrief.run))
    })
  }

  #enter(call: () => Promise<StartView>): Promise<void> {
    return this.#work(async () => this.#desk.entered(await call()))
  }

  async #do(call: () => Promise<DrillView>): Promise<void> {
    await this.#work(async () => {
      this.view = await call()
      await this.#desk.take(this.view.answers)
    })
  }

  async #work(call: () => Promise<void>): Promise<void> {
    try {
      await call()
    } catch (reason) {
      const { title, action, ref } = asProblem(reason)
      this.#desk.strip = { kind: 'problem', title, detail: `${action}(${ref})` }
    }
  }
}
