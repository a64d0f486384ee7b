// What stands in the strip above the keys.

import { asProblem } from './program'

export interface Strip {
  kind: 'done' | 'problem' | 'note'
  title: string
  detail: string
}

export function done(title: string, detail: string): Strip {
  return { kind: 'done', title, detail }
}

/** What is to be known; nothing was done, and nothing went wrong. */
export function note(title: string, detail: string): Strip {
  return { kind: 'note', title, detail }
}

/** A failure: what happened, and what to do now. */
export function failed(reason: unknown): Strip {
  const { title, action, ref } = asProblem(reason)
  return { kind: 'problem', title, detail: `${action}(${ref})` }
}
