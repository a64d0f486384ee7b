// What the last answer brought, to be marked for a moment.

import type { DeskView } from './program'

/** The lines of a plan that the one before did not have. */
export function freshLines(before: DeskView | undefined, after: DeskView): string[] {
  if (!before) return []
  const known = lineNames(before)
  return lineNames(after).filter((name) => !known.includes(name))
}

function lineNames(view: DeskView): string[] {
  return view.plan.sections.flatMap((s) => s.lines.map((l) => s.id + l.id + l.text))
}
