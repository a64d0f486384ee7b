import { describe, expect, it, vi } from 'vitest'

import { Mailroom } from './mailroom.svelte'
import type { MailBoxView, MailroomProgram, Progress } from './program'

const line = (caseNumber: string, fault = '') => ({ caseNumber, fault }) as MailBoxView['lines'][number]
const box = (id: string, to: string, lines: MailBoxView['lines']) =>
  ({ id, title: id, action: 'する', to, again: id !== 'make', lines }) as MailBoxView

function room(change: Partial<MailroomProgram> = {}) {
  const boxes = [
    box('make', '', [line('A'), line('B', '住所がありません')]),
    box('mail', 'mailed', [line('C'), line('D')]),
  ]
  const program = {
    boxes: vi.fn(() => Promise.resolve(boxes)),
    make: vi.fn(() => Promise.resolve({ id: 'x' })),
    reissue: vi.fn(() => Promise.resolve({ id: 'y' })),
    mark: vi.fn(() => Promise.resolve({ done: 1, failed: ['D'], problem: { title: 'だめ' } })),
    onProgress: () => () => undefined,
    ...change,
  } as unknown as MailroomProgram
  const made = vi.fn()
  return { room: new Mailroom(program, made), program, made }
}

describe('the mail room', () => {
  it('lets nothing be chosen that cannot be made', async () => {
    const { room: r, program, made } = room()
    await r.load()
    r.toggleAll()
    r.toggle('B')
    expect(r.chosen).toEqual(['A'])
    await r.act()
    expect(program.make).toHaveBeenCalledWith(['A'], '')
    expect(made).toHaveBeenCalledOnce()
    expect(r.chosen).toEqual([])
  })

  it('keeps those chosen that could not be marked, and says why', async () => {
    const { room: r, program } = room()
    await r.load()
    r.open('mail')
    r.toggleAll()
    await r.act()
    expect(program.mark).toHaveBeenCalledWith(['C', 'D'], 'mailed')
    expect(r.chosen).toEqual(['D'])
    expect(r.problem?.title).toBe('だめ')
    expect(r.said).toContain('1通')
  })

  it('tells how far a run is, and does one thing at a time', async () => {
    let tell: (progress: Progress) => void = () => undefined
    let finish: () => void = () => undefined
    const { room: r, program } = room({
      onProgress: (to) => {
        tell = to
        return () => undefined
      },
      reissue: vi.fn(() => new Promise<never>((done) => (finish = done as () => void))),
    })
    await r.load()
    r.open('mail')
    r.toggle('C')
    const run = r.again()
    tell({ title: '作っています', done: 3, total: 10 })
    expect(r.progress).toEqual({ title: '作っています', done: 3, total: 10 })
    await r.again()
    await r.act()
    expect(program.reissue).toHaveBeenCalledOnce()
    expect(program.mark).not.toHaveBeenCalled()
    finish()
    await run
    expect(r.progress).toBeUndefined()
  })

  it('shows a refusal as a problem and moves nothing', async () => {
    const refused = {
      code: 'no-reply-day',
      title: '回答の期限が決まっていません',
      action: '入力してください',
      ref: 'P-006',
    }
    const { room: r } = room({ make: () => Promise.reject(new Error(JSON.stringify(refused))) })
    await r.load()
    r.toggleAll()
    await r.act()
    expect(r.problem?.ref).toBe('P-006')
    expect(r.chosen).toEqual(['A'])
  })
})
