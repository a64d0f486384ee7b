// What the letters screen asks of the program.

import * as MailroomGo from '../../../wailsjs/go/app/Mailroom'
import type { app } from '../../../wailsjs/go/models'
import { EventsOn } from '../../../wailsjs/runtime/runtime'

export type MailBoxView = app.MailBoxView
export type MailLineView = app.MailLineView
export type MarkedView = app.MarkedView

/** How far a long piece of work is. */
export interface Progress {
  title: string
  done: number
  total: number
}

/** The mail room; tests bring another one. */
export interface MailroomProgram {
  boxes(replyBy: string): Promise<MailBoxView[]>
  make(numbers: string[], replyBy: string): Promise<app.PrintedView>
  reissue(numbers: string[], replyBy: string): Promise<app.PrintedView>
  mark(numbers: string[], to: string): Promise<MarkedView>
  queue(asked: app.Asked, input: app.LetterInput): Promise<string>
  onProgress(tell: (progress: Progress) => void): () => void
}

export const mailroomProgram: MailroomProgram = {
  boxes: (replyBy) => MailroomGo.Boxes(replyBy),
  make: (numbers, replyBy) => MailroomGo.Make(numbers, replyBy),
  reissue: (numbers, replyBy) => MailroomGo.Reissue(numbers, replyBy),
  mark: (numbers, to) => MailroomGo.Mark(numbers, to),
  queue: (asked, input) => MailroomGo.Queue(asked, input),
  onProgress: (tell) => EventsOn('progress', tell),
}
