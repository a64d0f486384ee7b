import { describe, expect, it } from 'vitest'

import { Desk } from './desk.svelte'
import type { DeskView, Program } from './program'

/** A program that decides nothing. */
function desk(): Desk {
  const view = { plan: { sections: [] }, questions: [], putAside: [], answered: [] } as unknown as DeskView
  const program = { decide: () => Promise.resolve(view), keepDraft: () => Promise.resolve() }
  return new Desk(program as Partial<Program> as Program)
}

const given = (d: Desk) => d.answers.map((a) => `${a.key}=${a.value}`)

describe('undo', () => {
  it('takes the last change back, whatever it was', async () => {
    const d = desk()
    await d.answer('procedure', 'pin-reset')
    await d.answer('visitor.kind', 'parent')
    await d.answer('procedure', 'pin-change')
    await d.addPaper({ document: '運転免許証', class: '', of: 'visitor', expiresOn: '' })
    await d.forget('visitor.kind')
    expect(given(d)).toEqual(['procedure=pin-change'])
    await d.undo()
    expect(given(d)).toEqual(['procedure=pin-change', 'visitor.kind=parent'])
    expect(d.papers).toHaveLength(1)
    await d.undo()
    expect(d.papers).toHaveLength(0)
    await d.undo()
    expect(given(d)).toEqual(['procedure=pin-reset', 'visitor.kind=parent'])
    await d.undo()
    await d.undo()
    expect(given(d)).toEqual([])
  })

  it('forgets the four PINs with the one answer they were', async () => {
    const d = desk()
    await d.answer('pins', 'some')
    await d.answer('pins.signature', 'forgotten')
    await d.answer('pins.rest', 'known')
    await d.forget('pins')
    expect(given(d)).toEqual([])
  })

  it('brings the last visitor back after the next was called', async () => {
    const d = desk()
    await d.answer('procedure', 'pin-reset')
    await d.next()
    expect(given(d)).toEqual([])
    await d.undo()
    expect(given(d)).toEqual(['procedure=pin-reset'])
  })
})
