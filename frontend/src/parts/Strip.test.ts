import { render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Desk } from '../desk.svelte'
import { listen } from '../keyboard'
import { note, type Strip as Shown } from '../strip'
import type { PrintedView, Program } from '../program'
import type { Drill } from '../screens/drill/drill.svelte'
import Strip from './Strip.svelte'

const checklist = (state: string) =>
  ({
    id: '1',
    caseNumber: 'KG26-000017',
    title: 'ご案内(チェックリスト)',
    path: '/folder/checklist.pdf',
    print: { state, title: 'ご案内を作りました', action: '画面に表示して印刷してください', ref: '' },
  }) as PrintedView

const problem: Shown = { kind: 'problem', title: '作れません', detail: 'もう一度行ってください' }
const names = () => screen.queryAllByRole('button').map((b) => b.textContent.replace(/\s+/g, ' ').trim())

describe('the strip', () => {
  const confirmed = vi.fn<(id: string, onPaper: boolean) => Promise<unknown>>()
  let stop: () => void
  let desk: Desk

  beforeEach(() => {
    vi.useFakeTimers()
    confirmed.mockResolvedValue({ state: 'printed', title: '', action: '', ref: '' })
    stop = listen(window)
    desk = new Desk({ confirmPrint: confirmed } as unknown as Program)
  })
  afterEach(() => {
    stop()
    vi.useRealTimers()
  })

  function press(code: string): void {
    window.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }))
    vi.advanceTimersByTime(100)
  }

  const show = (front: boolean) => render(Strip, { desk, active: true, front })

  it('says of a paper that is not printed yet what to do, not where it lies', () => {
    desk.prints.add(checklist('none'))
    show(true)
    const said = screen.getByRole('status')
    expect(said.dataset['kind']).toBe('note')
    expect(said.textContent).toContain('画面に表示して印刷してください')
    expect(said.textContent).not.toContain('/folder')
    expect(screen.getByTitle('/folder/checklist.pdf')).toBeTruthy()
    expect(names()).toEqual(['M 見る', 'V 印刷できた', 'Shift+F9 ほかの言葉・大きさ', 'Esc 閉じる'])
  })

  it('offers neither to look at what is looked at, nor another register elsewhere', () => {
    desk.prints.add(checklist('none'))
    desk.preview.address = '/print/1.pdf'
    show(false)
    expect(names()).toEqual(['V 印刷できた', '閉じる'])
  })

  it('leaves a key to the visitor of training that waits for it', () => {
    const responses = ['KeyZ', 'KeyX', 'KeyC', 'KeyV'].map((code) => ({ code }))
    const view = { events: [{ met: '', responses }], hand: false }
    desk.drill = { view, debrief: undefined } as unknown as Drill
    desk.prints.add(checklist('none'))
    show(true)
    expect(names()).toContain('印刷できた')
    press('KeyV')
    expect(confirmed).not.toHaveBeenCalled()
    desk.drill = undefined
    press('KeyV')
    expect(confirmed).toHaveBeenCalledOnce()
  })

  it('has Esc before a panel where something went wrong, and only there', () => {
    const shown = show(false)
    desk.strip = note('受付の画面で使うキーです', '')
    press('Escape')
    expect(desk.strip).toBeDefined()
    desk.strip = problem
    press('Escape')
    expect(desk.strip).toBeUndefined()
    shown.unmount()
    desk.strip = problem
    render(Strip, { desk, active: false, front: false }) // the holder's panel
    press('Escape')
    expect(desk.strip).toBe(problem)
  })
})
