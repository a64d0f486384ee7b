// The papers on their way to paper. A paper that the printer refused, or of which
// nobody knows the end, stays until the clerk has dealt with it; what is printed
// goes with the next answer or the next visitor.

import { asProblem, type PrintedView, type PrintView, type Program } from './program'

/** One paper that was made, and how far it is. */
export interface Paper {
  made: PrintedView
  print: PrintView
}

export class Prints {
  list = $state.raw<Paper[]>([])
  #program: Program

  constructor(program: Program) {
    this.#program = program
  }

  /** The paper that waits for the clerk the longest, else the newest. */
  get current(): Paper | undefined {
    return this.list.find(needsClerk) ?? this.list.at(-1)
  }

  /** How many papers wait for the clerk. */
  get waiting(): number {
    return this.list.filter(needsClerk).length
  }

  /** Takes a paper in place of an older one of the same case, and follows it. */
  add(made: PrintedView): void {
    const others = this.list.filter(
      (p) => p.made.caseNumber !== made.caseNumber || p.made.title !== made.title,
    )
    this.list = [...others, { made, print: made.print }]
    void this.#follow(made, made.print)
  }

  /** Sends a paper to the printer once more. */
  async again(paper: Paper): Promise<void> {
    await this.#tell(paper.made, () => this.#program.printAgain(paper.made.id))
    const now = this.list.find((p) => p.made === paper.made)
    if (now) await this.#follow(now.made, now.print)
  }

  /** The clerk looked at the paper. */
  async confirm(paper: Paper, onPaper: boolean): Promise<void> {
    await this.#tell(paper.made, () => this.#program.confirmPrint(paper.made.id, onPaper))
  }

  /** Leaves a paper as it is: the history does not say printed. */
  close(paper: Paper): void {
    this.list = this.list.filter((p) => p !== paper)
  }

  /** What needs nobody goes; what is under way is still followed. */
  settle(): void {
    this.list = this.list.filter((p) => needsClerk(p) || p.print.state === 'sent')
  }

  async #follow(made: PrintedView, print: PrintView): Promise<void> {
    if (print.state === 'sent') await this.#tell(made, () => this.#program.followPrint(made.id))
  }

  async #tell(made: PrintedView, ask: () => Promise<PrintView>): Promise<void> {
    let print: PrintView
    try {
      print = await ask()
    } catch (reason) {
      const { title, action, ref } = asProblem(reason)
      print = { state: 'refused', title, action, ref }
    }
    this.list = this.list.map((p) => (p.made === made ? { made, print } : p))
  }
}

/** Whether a paper waits for the clerk. */
export function needsClerk(paper: Paper): boolean {
  return paper.print.state === 'refused' || paper.print.state === 'untold'
}
