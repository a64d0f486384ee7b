import { describe, expect, it } from 'vitest'

import { Desk } from './desk.svelte'
import { letterFields } from './screens/letter/fields'
import type { Asked, CardView, DeskView, PrintedView, Program } from './program'

/** A program that decides nothing and whose disk takes as long as it is told. */
function slowDisk(waits: number[]): { program: Program; kept: Asked[] } {
  const kept: Asked[] = []
  const view = { plan: { sections: [] }, questions: [], putAside: [], answered: [] } as unknown as DeskView
  const program = {
    decide: () => Promise.resolve(view),
    keepDraft: async (asked: Asked) => {
      await new Promise((resolve) => setTimeout(resolve, waits.shift() ?? 0))
      kept.push(asked)
    },
  } as Partial<Program> as Program
  return { program, kept }
}

const printed = {
  id: '1',
  caseNumber: 'KG26-000017',
  title: 'ご案内',
  path: '',
  print: { state: 'none', title: '', action: '', ref: '' },
} as PrintedView

describe('desk', () => {
  it('writes drafts in the order of the answers, however slow the disk is', async () => {
    const { program, kept } = slowDisk([30, 0])
    const desk = new Desk(program)
    await desk.answer('procedure', 'pin-reset')
    await desk.undo()
    await expect.poll(() => kept.length).toBe(2)
    expect(kept.map((asked) => asked.answers.length)).toEqual([1, 0])
  })

  it('forgets what was typed for a letter with the next visitor', async () => {
    const { program, kept } = slowDisk([])
    const desk = new Desk(program)
    await desk.answer('procedure', 'pin-reset')
    desk.letter = letterFields(desk.holder, '')
    desk.letter.holder.name = '見本 太郎'
    await desk.undo()
    expect(desk.letter?.holder.name).toBe('見本 太郎')
    await desk.next()
    expect(desk.letter).toBeUndefined()
    expect(JSON.stringify(kept)).not.toContain('見本')
  })

  it('shows a paper that was just printed while its draft is still being written', async () => {
    const { program, kept } = slowDisk([300])
    program.printChecklist = () => Promise.resolve(printed)
    program.preview = (id) => Promise.resolve(`/print/${id}.pdf`)
    const desk = new Desk(program)
    const printing = desk.print()
    await expect.poll(() => desk.shownPaper?.made.id).toBe('1')
    await desk.look()
    expect(kept).toEqual([])
    expect(desk.preview.address).toBe('/print/1.pdf')
    await printing
  })

  it('opens no preview that was closed, or left with its visitor, before it came', async () => {
    const { program } = slowDisk([])
    const arrive: ((address: string) => void)[] = []
    program.preview = () => new Promise((resolve) => arrive.push(resolve))
    const desk = new Desk(program)
    desk.prints.add(printed)
    const closings = [() => desk.preview.close(), () => desk.next()]
    for (const close of closings) {
      const looked = desk.look()
      expect(desk.preview.open).toBe(true)
      await close()
      desk.prints.add(printed)
      arrive.pop()?.('/print/1.pdf')
      await looked
      expect([desk.preview.open, desk.preview.address]).toEqual([false, ''])
    }
    const looked = desk.look()
    arrive.pop()?.('/print/1.pdf')
    await looked
    expect([desk.preview.open, desk.preview.address]).toEqual([true, '/print/1.pdf'])
  })

  it('leaves the draft alone that has not come back yet, when a card is there already', async () => {
    const { program, kept } = slowDisk([])
    const desk = new Desk(program)
    await desk.cardChanged({ state: 'card' } as CardView)
    expect(desk.card?.state).toBe('card')
    expect(kept).toEqual([])
  })
})
