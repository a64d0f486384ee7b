// The state of the desk: a list of answers and papers. Everything else is what
// the program made of that list; undoing is dropping the last answer.

import {
  asProblem,
  nobody,
  type Answer,
  type Asked,
  type CardView,
  type ChoiceView,
  type DeskView,
  type PersonView,
  type PrintedView,
  type Problem,
  type Program,
  type QuestionView,
} from './program'

/** What stands in the strip above the keys. */
export interface Strip {
  kind: 'done' | 'problem'
  title: string
  detail: string
  printed?: PrintedView
}

export class Desk {
  answers = $state.raw<Answer[]>([])
  caseNumber = $state('')
  holder = $state<PersonView>({ ...nobody })
  view = $state.raw<DeskView>()
  card = $state.raw<CardView>()
  problem = $state.raw<Problem>()
  strip = $state.raw<Strip>()
  reopened = $state('')
  fresh = $state.raw<string[]>([])
  busy = $state(false)
  previewAddress = $state('')

  #program: Program
  #round = 0
  #last: { answers: Answer[]; caseNumber: string; holder: PersonView } | undefined

  constructor(program: Program) {
    this.#program = program
  }

  /** The question that is asked now: a reopened one, else the most telling open one. */
  get current(): QuestionView | undefined {
    const view = this.view
    if (!view) return undefined
    if (this.reopened) return this.#question(this.reopened)
    if (!this.value('procedure')) return view.procedure
    if (!this.value('visitor.kind')) return view.visitor
    return view.questions[0]
  }

  #question(key: string): QuestionView | undefined {
    const view = this.view
    if (!view) return undefined
    if (key === 'procedure') return view.procedure
    if (key === 'visitor.kind') return view.visitor
    return [...view.questions, ...view.putAside, ...view.answered.map((a) => a.question)].find(
      (q) => q.key === key,
    )
  }

  value(key: string): string {
    return this.answers.find((a) => a.key === key)?.value ?? ''
  }

  get asked(): Asked {
    return { answers: this.answers, papers: [], caseNumber: this.caseNumber }
  }

  async start(): Promise<void> {
    this.card = await this.#program.card()
    await this.decide()
  }

  async cardChanged(card: CardView): Promise<void> {
    this.card = card
    await this.decide()
  }

  /** Works the desk out again; an answer that was overtaken is thrown away. */
  async decide(): Promise<void> {
    const round = ++this.#round
    try {
      const view = await this.#program.decide(this.asked)
      if (round !== this.#round) return
      this.fresh = freshLines(this.view, view)
      this.view = view
      this.problem = undefined
    } catch (reason) {
      if (round === this.#round) this.problem = asProblem(reason)
    }
  }

  /** Gives an answer; the same question answered again keeps its place. */
  async answer(key: string, value: string): Promise<void> {
    if (this.caseNumber && this.strip?.kind !== 'problem') this.strip = undefined
    const kept = key === 'pins' ? this.answers.filter((a) => !a.key.startsWith('pins.')) : this.answers
    const at = kept.findIndex((a) => a.key === key)
    this.answers = at < 0 ? [...kept, { key, value }] : kept.map((a, i) => (i === at ? { key, value } : a))
    this.reopened = ''
    this.caseNumber = ''
    await this.decide()
  }

  choose(choice: ChoiceView): Promise<void> {
    return this.answer(choice.key, choice.value)
  }

  /** Takes the last answer back; after "next", brings the last visitor back. */
  async undo(): Promise<void> {
    this.reopened = ''
    if (this.answers.length === 0 && this.#last) {
      const last = this.#last
      this.#last = undefined
      this.strip = undefined
      this.answers = last.answers
      this.caseNumber = last.caseNumber
      this.holder = last.holder
    } else {
      this.answers = this.answers.slice(0, -1)
      this.caseNumber = ''
    }
    await this.decide()
  }

  reopen(key: string): void {
    this.reopened = key
  }

  /** Clears the desk for the next visitor. */
  async next(): Promise<void> {
    if (this.answers.length > 0) {
      this.#last = { answers: this.answers, caseNumber: this.caseNumber, holder: { ...this.holder } }
      const saved = this.caseNumber !== ''
      this.strip = saved
        ? undefined
        : {
            kind: 'done',
            title: '次の方をどうぞ',
            detail: '前の方の回答は記録していません。Backspace で戻せます',
          }
    }
    this.answers = []
    this.caseNumber = ''
    this.holder = { ...nobody }
    this.reopened = ''
    this.previewAddress = ''
    await this.decide()
  }

  async save(): Promise<void> {
    await this.#work(async () => {
      this.caseNumber = await this.#program.save(this.asked, this.holder)
      this.strip = { kind: 'done', title: '記録しました', detail: `受付番号 ${this.caseNumber}` }
    })
  }

  async print(): Promise<void> {
    await this.#work(async () => {
      const printed = await this.#program.printChecklist(this.asked, this.holder)
      this.caseNumber = printed.caseNumber
      this.strip = {
        kind: 'done',
        title: `${printed.title}を作りました`,
        detail: `受付番号 ${printed.caseNumber} ・ ${printed.path}`,
        printed,
      }
    })
  }

  async preview(): Promise<void> {
    const printed = this.strip?.printed
    if (!printed) return
    await this.#work(async () => {
      this.previewAddress = await this.#program.preview(printed.id)
    })
  }

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      await work()
    } catch (reason) {
      const problem = asProblem(reason)
      this.strip = { kind: 'problem', title: problem.title, detail: `${problem.action}(${problem.ref})` }
    } finally {
      this.busy = false
    }
  }
}

/** The lines that the last answer brought. */
export function freshLines(before: DeskView | undefined, after: DeskView): string[] {
  if (!before) return []
  const known = lineNames(before)
  return lineNames(after).filter((name) => !known.includes(name))
}

function lineNames(view: DeskView): string[] {
  return view.plan.sections.flatMap((s) => s.lines.map((l) => s.id + l.id + l.text))
}
