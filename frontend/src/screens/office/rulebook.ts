// What the rules page asks of the program besides lists and tables.

import * as RulebookGo from '../../../wailsjs/go/app/Rulebook'
import type { app } from '../../../wailsjs/go/models'

export type RuleChangesView = app.RuleChangesView
export type RuleRowView = app.RuleRowView

/** The rule sets' sheet, differences and approval; tests bring another one. */
export interface RulebookProgram {
  sheet(id: string): Promise<app.PrintedView>
  differences(before: string, after: string): Promise<RuleChangesView>
  approve(id: string, edition: string): Promise<app.RuleSetView[]>
}

export const rulebookProgram: RulebookProgram = {
  sheet: (id) => RulebookGo.Sheet(id),
  differences: (before, after) => RulebookGo.Differences(before, after),
  approve: (id, edition) => RulebookGo.Approve(id, edition),
}
