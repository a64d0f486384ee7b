// The program behind the window. Everything the window asks goes through here;
// a failure always arrives as a Problem in words.

import * as CasesGo from '../wailsjs/go/app/Cases'
import * as DeskGo from '../wailsjs/go/app/Desk'
import * as LettersGo from '../wailsjs/go/app/Letters'
import * as PINsGo from '../wailsjs/go/app/PINs'
import * as PreferencesGo from '../wailsjs/go/app/Preferences'
import * as PrintingGo from '../wailsjs/go/app/Printing'
import * as ReaderGo from '../wailsjs/go/app/Reader'
import * as RulebookGo from '../wailsjs/go/app/Rulebook'
import * as TrainingGo from '../wailsjs/go/app/Training'
import { drillProgram, type DrillProgram } from './screens/drill/program'
import type { app, counter } from '../wailsjs/go/models'
import { EventsOn } from '../wailsjs/runtime/runtime'
import { retentionProgram, type RetentionProgram } from './screens/history/retention'
import { mailroomProgram, type MailroomProgram } from './screens/letters/program'
import { rulebookProgram, type RulebookProgram } from './screens/office/rulebook'

export type Answer = app.Answer
export type Asked = app.Asked
export type CardView = app.CardView
export type CaseLineView = app.CaseLineView
export type CaseView = app.CaseView
export type ChoiceView = app.ChoiceView
export type DeskView = app.DeskView
export type FindingView = app.FindingView
export type LetterInput = app.LetterInput
export type LineView = app.LineView
export type PersonView = app.PersonView
export type PaperAnswer = app.PaperAnswer
export type PaperChoiceView = app.PaperChoiceView
export type PINCheckView = app.PINCheckView
export type PINKindView = app.PINKindView
export type PlanView = app.PlanView
export type PrintedView = app.PrintedView
export type PrintView = app.PrintView
export type Problem = counter.Problem
export type QuestionView = app.QuestionView
export type ResumeView = app.ResumeView
export type RuleSetView = app.RuleSetView
export type RuleTableView = app.RuleTableView
export type ScenarioView = app.ScenarioView
export type SettingView = app.SettingView
export type StartView = app.StartView

/** What the desk needs of the program; tests bring another one. */
export interface Program {
  start(): Promise<StartView>
  card(): Promise<CardView>
  onCard(tell: (card: CardView) => void): () => void
  decide(asked: Asked): Promise<DeskView>
  readDate(text: string): Promise<app.DateView>
  keepDraft(asked: Asked): Promise<void>
  paperChoices(asked: Asked): Promise<PaperChoiceView[]>
  save(asked: Asked, holder: PersonView): Promise<string>
  printChecklist(asked: Asked, holder: PersonView): Promise<PrintedView>
  printChecklistIn(asked: Asked, holder: PersonView, kind: string): Promise<PrintedView>
  preview(id: string): Promise<string>
  followPrint(id: string): Promise<PrintView>
  printAgain(id: string): Promise<PrintView>
  confirmPrint(id: string, onPaper: boolean): Promise<PrintView>
  showPrint(id: string): Promise<void>
  makeLetter(asked: Asked, input: LetterInput): Promise<PrintedView>
  caseLists(): Promise<ChoiceView[]>
  cases(text: string, list: string): Promise<CaseLineView[]>
  showCase(number: string): Promise<CaseView>
  resume(number: string): Promise<ResumeView>
  advance(number: string, to: string): Promise<CaseView>
  compared(number: string): Promise<CaseView>
  pinKinds(): Promise<PINKindView[]>
  checkPIN(kind: string, pin: string): Promise<PINCheckView>
  ruleSets(): Promise<RuleSetView[]>
  ruleTables(id: string, compared: string): Promise<RuleTableView[]>
  settings(): Promise<SettingView[]>
  changeSetting(setting: SettingView): Promise<SettingView[]>
  examine(): Promise<FindingView[]>
  diagnostics(): Promise<string>
  scenarios(): Promise<ScenarioView[]>
  beginTraining(id: string): Promise<StartView>
  endTraining(): Promise<StartView>
  drill: DrillProgram
  mailroom: MailroomProgram
  retention: RetentionProgram
  rulebook: RulebookProgram
}

/** The program itself, by its generated bindings. */
export const program: Program = {
  start: () => DeskGo.Start(),
  card: () => ReaderGo.Card(),
  onCard: (tell) => EventsOn('card', tell),
  decide: (asked) => DeskGo.Decide(asked),
  readDate: (text) => DeskGo.ReadDate(text),
  keepDraft: (asked) => DeskGo.KeepDraft(asked),
  paperChoices: (asked) => DeskGo.PaperChoices(asked),
  save: (asked, holder) => CasesGo.Save(asked, holder),
  printChecklist: (asked, holder) => CasesGo.PrintChecklist(asked, holder),
  printChecklistIn: (asked, holder, kind) => CasesGo.PrintChecklistIn(asked, holder, kind),
  preview: (id) => CasesGo.Preview(id),
  followPrint: (id) => PrintingGo.Follow(id),
  printAgain: (id) => PrintingGo.Again(id),
  confirmPrint: (id, onPaper) => PrintingGo.Confirm(id, onPaper),
  showPrint: (id) => PrintingGo.Show(id),
  makeLetter: (asked, input) => LettersGo.Make(asked, input),
  caseLists: () => CasesGo.Lists(),
  cases: (text, list) => CasesGo.List(text, list),
  showCase: (number) => CasesGo.Show(number),
  resume: (number) => CasesGo.Resume(number),
  advance: (number, to) => CasesGo.Advance(number, to),
  compared: (number) => CasesGo.Compared(number),
  pinKinds: () => PINsGo.Kinds(),
  checkPIN: (kind, pin) => PINsGo.Check(kind, pin),
  ruleSets: () => RulebookGo.Sets(),
  ruleTables: (id, compared) => RulebookGo.Tables(id, compared),
  settings: () => PreferencesGo.List(),
  changeSetting: (setting) => PreferencesGo.Change(setting),
  examine: () => PreferencesGo.Examine(),
  diagnostics: () => PreferencesGo.Diagnostics(),
  scenarios: () => TrainingGo.Scenarios(),
  beginTraining: (id) => TrainingGo.Begin(id),
  endTraining: () => TrainingGo.End(),
  drill: drillProgram,
  mailroom: mailroomProgram,
  retention: retentionProgram,
  rulebook: rulebookProgram,
}

/** Turns whatever a call was refused with into a Problem. */
export function asProblem(thrown: unknown): Problem {
  const reason = thrown instanceof Error ? textOf(thrown) : thrown
  if (typeof reason === 'object' && reason !== null && 'code' in reason && 'title' in reason) {
    return reason as Problem
  }
  return {
    code: 'unforeseen',
    title: '処理を完了できませんでした',
    action: 'もう一度行い、同じ表示が出るときは管理者に連絡してください',
    ref: 'W-999',
  } as Problem
}

/** The toolkit makes an error of a refusal, with the problem as its text. */
function textOf(error: Error): unknown {
  try {
    return JSON.parse(error.message)
  } catch {
    return error
  }
}

export const nobody: PersonView = {
  name: '',
  alias: '',
  postcode: '',
  address: [],
  birthDate: '',
  birth: '',
  relation: '',
}
