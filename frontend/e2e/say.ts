// Answers and events put in the program's place, for states that are rare: the
// window is real.

import { type Page } from '@playwright/test'

interface Change {
  /** The call is refused with this problem. */
  reject?: object
  /** This is laid over the plan that the program answered. */
  plan?: object
  /** This is laid over all that the program answered. */
  answer?: object
  /** This is answered, whatever the program would. */
  whole?: unknown
}

/** Makes the program's answer another one before the window sees it. */
export async function say(page: Page, bound: string, method: string, change: Change): Promise<void> {
  await page.evaluate(
    ({ bound, method, change }) => {
      type Bound = Record<string, (...args: unknown[]) => Promise<unknown>>
      interface Said extends Window {
        go: { app: Record<string, Bound> }
        real?: Bound
      }
      const said = window as unknown as Said
      const methods = said.go.app[bound] as Bound
      const real = ((said.real ??= {})[`${bound}.${method}`] ??= methods[method] as Bound[string])
      methods[method] = async (...args) => {
        if (change.reject) throw change.reject
        if (change.whole !== undefined) return change.whole
        const answer = (await real(...args)) as { plan?: object }
        if (change.answer) Object.assign(answer, change.answer)
        if (change.plan && answer.plan) Object.assign(answer.plan, change.plan)
        return answer
      }
    },
    { bound, method, change },
  )
}

/** Tells the window something that nobody asked for, as the program does. */
export async function tell(page: Page, name: string, data: unknown): Promise<void> {
  await page.evaluate(
    (message) => {
      const toolkit = window as unknown as { wails: { EventsNotify: (message: string) => void } }
      toolkit.wails.EventsNotify(message)
    },
    JSON.stringify({ name, data: [data] }),
  )
}
