import { beforeEach, describe, expect, it, vi } from 'vitest'

import { Desk } from './desk.svelte'
import type { CardView, DeskView, Program, StartView } from './program'

const viewOf = (outcome: string) =>
  ({
    plan: { outcome, sections: [] },
    procedure: { key: 'procedure' },
    visitor: { key: 'visitor.kind' },
    questions: [],
    putAside: [],
    answered: [],
  }) as unknown as DeskView

const card = (state: string) => ({ state, pins: [] }) as unknown as CardView

const begun = (more: Partial<StartView> = {}) =>
  ({
    ready: true,
    simulation: false,
    asked: { answers: [], papers: [], caseNumber: '' },
    desk: viewOf('first'),
    card: card('empty'),
    ...more,
  }) as StartView

describe('the start', () => {
  const program = {
    decide: vi.fn<Program['decide']>(),
    card: vi.fn<Program['card']>(),
    keepDraft: vi.fn<Program['keepDraft']>(),
    drill: { now: vi.fn<Program['drill']['now']>() },
  }
  const desk = () => new Desk(program as unknown as Program)

  beforeEach(() => {
    program.decide.mockResolvedValue(viewOf('again'))
    program.card.mockResolvedValue(card('empty'))
    program.keepDraft.mockResolvedValue()
  })

  it('draws the desk that came with it, and asks for none', async () => {
    const made = desk()
    const started = made.start(begun())
    expect(made.view?.plan.outcome).toBe('first')
    await started
    expect(program.decide).not.toHaveBeenCalled()
    expect(program.drill.now).not.toHaveBeenCalled()
  })

  it('asks where none came', async () => {
    const made = desk()
    await made.start(begun({ desk: undefined as unknown as DeskView }))
    expect(made.view?.plan.outcome).toBe('again')
  })

  it('works the desk out again with a card that came meanwhile', async () => {
    program.card.mockResolvedValue(card('card'))
    const made = desk()
    await made.start(begun())
    expect(program.decide).toHaveBeenCalledOnce()
    expect(made.card?.state).toBe('card')
    expect(made.view?.plan.outcome).toBe('again')
  })

  it('draws an answer together with its plan', async () => {
    const made = desk()
    await made.start(begun())
    const answered = made.answer('procedure', 'pin-reset')
    expect(made.current?.key).toBe('procedure')
    await answered
    expect(made.value('procedure')).toBe('pin-reset')
    expect(made.current?.key).toBe('visitor.kind')
  })

  it('draws an answer that could not be worked out', async () => {
    program.decide.mockRejectedValue(new Error('gone'))
    const made = desk()
    await made.start(begun())
    await made.answer('procedure', 'pin-reset')
    expect(made.problem?.code).toBe('unforeseen')
    expect(made.value('procedure')).toBe('pin-reset')
  })
})
