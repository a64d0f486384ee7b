// How long persons are kept, and how they go.

import * as RetentionGo from '../../../wailsjs/go/app/Retention'
import type { app } from '../../../wailsjs/go/models'

export type PurgeView = app.PurgeView

/** What the purge panel asks of the program; tests bring another one. */
export interface RetentionProgram {
  preview(): Promise<PurgeView>
  purge(): Promise<PurgeView>
}

export const retentionProgram: RetentionProgram = {
  preview: () => RetentionGo.Preview(),
  purge: () => RetentionGo.Purge(),
}
