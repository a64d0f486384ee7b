// What the window asks of the program in training.

import * as DrillGo from '../../../wailsjs/go/app/Drill'
import * as TrainingGo from '../../../wailsjs/go/app/Training'
import type { app } from '../../../wailsjs/go/models'

export type CourseView = app.CourseView
export type DebriefView = app.DebriefView
export type DrillChoice = app.DrillChoice
export type DrillView = app.DrillView
export type StatementInput = app.StatementInput
export type TraineeView = app.TraineeView

export interface DrillProgram {
  now(): Promise<DrillView>
  begin(choice: DrillChoice): Promise<app.StartView>
  ask(key: string): Promise<DrillView>
  respond(event: string, response: string): Promise<DrillView>
  hint(): Promise<DrillView>
  pause(paused: boolean): Promise<DrillView>
  tryPIN(kind: string, lastTry: boolean): Promise<DrillView>
  hand(to: string): Promise<DrillView>
  state(said: StatementInput): Promise<DrillView>
  finish(keystrokes: number): Promise<DebriefView>
  next(): Promise<app.StartView>
  again(): Promise<app.StartView>
  courses(): Promise<CourseView[]>
  exercises(municipality: string): Promise<app.ScenarioView[]>
  results(): Promise<TraineeView[]>
  record(trainee: string, run: number): Promise<app.PrintedView>
  table(): Promise<string>
  forget(trainee: string): Promise<TraineeView[]>
}

export const drillProgram: DrillProgram = {
  now: () => DrillGo.Now(),
  begin: (choice) => DrillGo.Begin(choice),
  ask: (key) => DrillGo.Ask(key),
  respond: (event, response) => DrillGo.Respond(event, response),
  hint: () => DrillGo.Hint(),
  pause: (paused) => DrillGo.Pause(paused),
  tryPIN: (kind, lastTry) => DrillGo.Try(kind, lastTry),
  hand: (to) => DrillGo.Hand(to),
  state: (said) => DrillGo.State(said),
  finish: (keystrokes) => DrillGo.Finish(keystrokes),
  next: () => DrillGo.Next(),
  again: () => DrillGo.Again(),
  courses: () => TrainingGo.Courses(),
  exercises: (municipality) => TrainingGo.Exercises(municipality),
  results: () => TrainingGo.Results(),
  record: (trainee, run) => TrainingGo.Record(trainee, run),
  table: () => TrainingGo.Table(),
  forget: (trainee) => TrainingGo.Forget(trainee),
}
