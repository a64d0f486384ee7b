// The state of the desk: a list of answers and papers. Everything else is what
// the program made of that list; undoing is dropping the last answer.

import { questionsOf, withAnswer, withAnswers, withoutAnswer } from './answers'
import { Drafts } from './drafts'
import { freshLines } from './fresh'
import { snapshotOf, Steps, type Snapshot } from './steps'
import { done, failed, type Strip } from './strip'
import { Preview } from './preview.svelte'
import { needsClerk, Prints, type Paper } from './printing.svelte'
import { Drill } from './screens/drill/drill.svelte'
import type { LetterFields } from './screens/letter/fields'
import {
  asProblem,
  nobody,
  type Answer,
  type Asked,
  type CardView,
  type ChoiceView,
  type CaseView,
  type DeskView,
  type LetterInput,
  type PaperAnswer,
  type PersonView,
  type PrintedView,
  type Problem,
  type Program,
  type QuestionView,
  type StartView,
} from './program'

export class Desk {
  answers = $state.raw<Answer[]>([])
  /** The answers that the view was made of: what is drawn goes by these, so that a
   * key is drawn once, with its plan. */
  shown = $state.raw<Answer[]>([])
  papers = $state.raw<PaperAnswer[]>([])
  /** The case of a second visit, to be compared with who stands there. */
  resumed = $state.raw<CaseView>()
  /** What was typed for a letter that is not made yet. It is never written down. */
  letter = $state<LetterFields>()
  personHidden = $state(false)
  caseNumber = $state('')
  holder = $state<PersonView>({ ...nobody })
  view = $state.raw<DeskView>()
  card = $state.raw<CardView>()
  problem = $state.raw<Problem>()
  strip = $state.raw<Strip>()
  reopened = $state('')
  fresh = $state.raw<string[]>([])
  busy = $state(false)
  /** The strip offers the registers of the checklist. */
  choosingRegister = $state(false)
  /** What was made and is not, or not surely, on paper. */
  readonly prints: Prints
  readonly preview: Preview
  /** The visit that is played, in training. */
  drill = $state.raw<Drill>()
  /** Tells the frame that the office was opened anew. */
  entered: (start: StartView) => void = () => undefined

  #program: Program
  #round = 0
  #last: Snapshot | undefined
  #steps = new Steps()
  #drafts: Drafts

  constructor(program: Program) {
    this.#program = program
    this.prints = new Prints(program)
    this.preview = new Preview(program)
    this.#drafts = new Drafts((asked) => program.keepDraft(asked))
  }

  /** The paper the strip is about: one that waits for the clerk comes first. */
  get shownPaper(): Paper | undefined {
    const paper = this.prints.current
    return paper && (needsClerk(paper) || !this.strip) ? paper : undefined
  }

  /** Whether the strip shows what the clerk has to deal with: Esc closes it before
   * anything else. */
  get urgent(): boolean {
    const paper = this.shownPaper
    if (this.choosingRegister || (paper && needsClerk(paper))) return true
    return !paper && this.strip?.kind === 'problem'
  }

  /** Closes what the strip shows; false where there is nothing to close. */
  dismiss(): boolean {
    const paper = this.shownPaper
    if (this.choosingRegister) this.choosingRegister = false
    else if (paper) this.prints.close(paper)
    else if (this.strip) this.strip = undefined
    else return false
    return true
  }

  /** The question that is asked now: a reopened one, else the most telling open one. */
  get current(): QuestionView | undefined {
    const view = this.view
    if (!view) return undefined
    if (this.reopened) return questionsOf(view).find((q) => q.key === this.reopened)
    if (!this.value('procedure')) return view.procedure
    if (!this.value('visitor.kind')) return view.visitor
    return view.questions[0]
  }

  /** What is drawn as the answer to a question. */
  value(key: string): string {
    return this.shown.find((a) => a.key === key)?.value ?? ''
  }

  get asked(): Asked {
    return { answers: this.answers, papers: this.papers, caseNumber: this.caseNumber }
  }

  /** Begins with what the program brought of itself: all of the first desk. */
  async start(start: StartView): Promise<void> {
    this.#begin(start.asked, start.case)
    this.card = start.card
    this.drill?.end()
    this.drill = start.simulation ? await Drill.join(this.#program, this) : undefined
    if (start.desk) this.#show(start.desk, ++this.#round)
    else await this.decide()
    const card = await this.#program.card() // what came before the window could hear it
    if (JSON.stringify(card) !== JSON.stringify(start.card)) await this.cardChanged(card)
  }

  async cardChanged(card: CardView): Promise<void> {
    this.card = card
    // Before the desk was opened it is empty: to decide would clear the draft that
    // is about to come back.
    if (this.view) await this.decide()
  }

  /** Works the desk out again; an answer that was overtaken is thrown away. */
  async decide(): Promise<void> {
    const round = ++this.#round
    try {
      this.#show(await this.#program.decide(this.asked), round)
    } catch (reason) {
      if (round !== this.#round) return
      this.shown = this.answers
      this.problem = asProblem(reason)
    }
  }

  #show(view: DeskView, round: number): void {
    if (round !== this.#round) return
    this.fresh = freshLines(this.view, view)
    this.view = view
    this.shown = this.answers
    this.problem = undefined
    void this.#keepDraft()
  }

  /** What is already a case needs no draft. */
  #keepDraft(): Promise<void> {
    const now = (): Asked =>
      this.caseNumber !== '' && !this.resumed ? { answers: [], papers: [], caseNumber: '' } : this.asked
    return this.#drafts.keep(now, (reason) => {
      this.strip = failed(reason, '入力の途中を保存できません')
    })
  }

  /** Gives an answer. */
  async answer(key: string, value: string): Promise<void> {
    this.#steps.keep(this)
    this.answers = withAnswer(this.answers, key, value)
    await this.#changed()
  }

  choose(choice: ChoiceView): Promise<void> {
    if (this.drill?.asks(choice.key)) return this.drill.ask(choice.key)
    return this.answer(choice.key, choice.value)
  }

  /** Adds a further procedure to the one chosen, or takes it away, by its key. */
  async also(code: string): Promise<void> {
    const choice = this.view?.also.find((c) => c.code === code)
    if (choice) await this.choose(choice)
  }

  /** Takes what a visitor of training said as answers. */
  async take(said: Answer[]): Promise<void> {
    this.answers = withAnswers(this.answers, said)
    await this.#changed()
  }

  async addPaper(paper: PaperAnswer): Promise<void> {
    this.#steps.keep(this)
    this.papers = [...this.papers, paper]
    await this.#changed()
  }

  async removePaper(at: number): Promise<void> {
    this.#steps.keep(this)
    this.papers = this.papers.filter((_, i) => i !== at)
    await this.#changed()
  }

  /** What was told before is told no more; a second visit stays its own case. */
  async #changed(): Promise<void> {
    this.reopened = ''
    this.choosingRegister = false
    if (this.strip?.kind === 'done') this.strip = undefined
    this.prints.settle()
    if (!this.resumed) this.caseNumber = ''
    await this.decide()
  }

  /** Takes one answer back, whichever it is; the plan is worked out without it. */
  async forget(key: string): Promise<void> {
    this.#steps.keep(this)
    this.answers = withoutAnswer(this.answers, key)
    await this.#changed()
  }

  /** Takes the last change back, whatever it was: an answer given, changed or taken
   * back, a paper. After "next" it brings the last visitor back. */
  async undo(): Promise<void> {
    const before = this.#steps.back()
    if (!before && this.answers.length === 0 && this.#last) {
      this.restore(this.#last)
      this.#last = undefined
      this.strip = undefined
      await this.decide()
      return
    }
    if (before) {
      this.answers = before.answers
      this.papers = before.papers
    } else this.answers = this.answers.slice(0, -1)
    await this.#changed()
  }

  snapshot(): Snapshot {
    return {
      answers: this.answers,
      papers: this.papers,
      caseNumber: this.caseNumber,
      holder: { ...this.holder },
      resumed: this.resumed,
    }
  }

  /** Another visit: nothing is left of the one before. */
  #begin(asked: Asked, known?: CaseView): void {
    this.restore(snapshotOf(asked, known))
    this.letter = undefined
  }

  restore(to: Snapshot): void {
    this.answers = to.answers
    this.papers = to.papers
    this.caseNumber = to.caseNumber
    this.holder = to.holder
    this.resumed = to.resumed
    this.reopened = ''
    this.#steps.clear()
  }

  /** Takes a case up again by its number or its letter's code. */
  async resume(number: string): Promise<boolean> {
    let found = false
    await this.#work(async () => {
      const { asked, case: known } = await this.#program.resume(number)
      this.#begin(asked, known)
      this.strip = done(
        `受付番号 ${known.line.caseNumber} を開きました`,
        `${known.line.stateWords} ・ ${known.line.procedure}`,
      )
      found = true
      await this.decide()
    })
    return found
  }

  reopen(key: string): void {
    this.reopened = key
  }

  /** Clears the desk for the next visitor. */
  async next(): Promise<void> {
    if (this.drill) return this.drill.close()
    this.strip = undefined
    this.prints.settle()
    if (this.answers.length > 0) {
      this.#last = this.snapshot()
      if (!this.caseNumber) {
        this.strip = done('次の方をどうぞ', '前の方の回答は記録していません。Backspace で戻せます')
      }
    }
    this.#begin({ answers: [], papers: [], caseNumber: '' })
    this.personHidden = false
    this.preview.close()
    await this.decide()
  }

  /** Something was kept: the case of a second visit is another, and the draft. */
  async #kept(): Promise<void> {
    if (this.resumed) this.resumed = await this.#program.showCase(this.caseNumber)
    await this.#keepDraft()
  }

  async save(): Promise<void> {
    await this.#work(async () => {
      this.caseNumber = await this.#program.save(this.asked, this.holder)
      this.strip = done(
        this.resumed ? '今日の来庁を記録しました' : '記録しました',
        `受付番号 ${this.caseNumber}`,
      )
      await this.#kept()
    })
  }

  /** Prints the checklist, in another register where one is named. */
  async print(kind = ''): Promise<void> {
    await this.#work(async () => {
      const made = kind
        ? this.#program.printChecklistIn(this.asked, this.holder, kind)
        : this.#program.printChecklist(this.asked, this.holder)
      this.#made(await made)
      await this.#kept()
    })
  }

  /** Keeps the case; its letter waits to be made together with others. */
  queueLetter(input: LetterInput): Promise<boolean> {
    return this.#write(input, async () => {
      this.caseNumber = await this.#program.mailroom.queue(this.asked, input)
      const where = `受付番号 ${this.caseNumber} ・ F5 発送 の「作るもの」に入りました`
      this.strip = done('照会書は、あとでまとめて作ります', where)
    })
  }

  /** Makes the letter; true once it is made, recorded and shown in the strip. */
  makeLetter(input: LetterInput): Promise<boolean> {
    return this.#write(input, async () => this.#made(await this.#program.makeLetter(this.asked, input)))
  }

  async #write(input: LetterInput, work: () => Promise<void>): Promise<boolean> {
    let written = false
    await this.#work(async () => {
      await work()
      this.holder = input.holder
      this.letter = undefined
      written = true
      await this.drill?.look()
      await this.#keepDraft()
    })
    return written
  }

  /** Shows a paper that was made elsewhere than on the desk. */
  async showMade(printed: PrintedView): Promise<void> {
    this.strip = undefined
    this.prints.add(printed)
    if (printed.print.state === 'none') await this.look()
  }

  #made(printed: PrintedView): void {
    this.caseNumber = printed.caseNumber
    this.strip = undefined
    this.prints.add(printed)
  }

  /** Looks at the shown paper: also while what was done with it is still being kept. */
  async look(): Promise<void> {
    const paper = this.shownPaper
    if (paper) await this.#tell(() => this.preview.show(paper.made.id))
  }

  /** Opens the shown paper in the system's own program for it. */
  async showPaper(): Promise<void> {
    const paper = this.shownPaper
    if (paper) await this.#tell(() => this.#program.showPrint(paper.made.id))
  }

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    await this.#tell(work)
    this.busy = false
  }

  /** Says in the strip why something was not done. */
  async #tell(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.strip = failed(reason)
    }
  }
}
