// What can be asked, and the list of answers as it is after one more, several, or one
// less. An answer that is given again keeps its place.

import type { Answer, DeskView, QuestionView } from './program'

const isPIN = (a: Answer) => a.key.startsWith('pins.')

/** One answer for every PIN stands for those given one by one. */
export function withAnswer(answers: Answer[], key: string, value: string): Answer[] {
  const kept = key === 'pins' ? answers.filter((a) => !isPIN(a)) : answers
  const at = kept.findIndex((a) => a.key === key)
  return at < 0 ? [...kept, { key, value }] : kept.map((a, i) => (i === at ? { key, value } : a))
}

export function withAnswers(answers: Answer[], said: Answer[]): Answer[] {
  const told = (key: string) => said.find((a) => a.key === key)
  const more = said.filter((a) => !answers.some((known) => known.key === a.key))
  return [...answers.map((a) => told(a.key) ?? a), ...more]
}

/** With the answer for every PIN go those of single PINs, which were asked after it. */
export function withoutAnswer(answers: Answer[], key: string): Answer[] {
  return answers.filter((a) => a.key !== key && !(key === 'pins' && isPIN(a)))
}

/** Every question that can be asked, or asked again. */
export function questionsOf(view: DeskView): QuestionView[] {
  const answered = view.answered.map((a) => a.question)
  return [view.procedure, view.visitor, ...view.questions, ...view.putAside, ...answered]
}
