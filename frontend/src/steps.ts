// What the desk was like before each change, to go back one change at a time. The
// plan is a replay of the answers, so these are all there is to remember.

import { nobody, type Answer, type Asked, type CaseView, type PaperAnswer, type PersonView } from './program'

/** What one change changes. */
export interface Step {
  answers: Answer[]
  papers: PaperAnswer[]
}

/** Everything that makes a desk, to come back to. */
export interface Snapshot {
  answers: Answer[]
  papers: PaperAnswer[]
  caseNumber: string
  holder: PersonView
  resumed: CaseView | undefined
}

/** A desk with what was asked, and with the case of a second visit. */
export function snapshotOf(asked: Asked, known?: CaseView): Snapshot {
  const { answers, papers, caseNumber } = asked
  return { answers, papers, caseNumber, holder: known?.holder ?? { ...nobody }, resumed: known }
}

const most = 100 // more changes than any visit has

export class Steps {
  #before: Step[] = []

  keep(now: Step): void {
    this.#before = [...this.#before.slice(1 - most), { answers: now.answers, papers: now.papers }]
  }

  back(): Step | undefined {
    const last = this.#before.at(-1)
    this.#before = this.#before.slice(0, -1)
    return last
  }

  clear(): void {
    this.#before = []
  }
}
