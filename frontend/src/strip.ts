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

/** A failure: what happened, and what to do now; before it, what it means here. */
export function failed(reason: unknown, means = ''): Strip {
  const { title, action, ref } = asProblem(reason)
  const detail = `${action}(${ref})`
  return { kind: 'problem', title: means || title, detail: means ? `${title}。${detail}` : detail }
}
