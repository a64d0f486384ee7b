import { describe, expect, it } from 'vitest'

import { needsClerk, Prints } from './printing.svelte'
import type { PrintedView, PrintView, Program } from './program'

const view = (state: string): PrintView => ({ state, title: state, action: '', ref: '' })

const paper = (caseNumber: string, state: string, title = 'ご案内'): PrintedView =>
  ({
    caseNumber,
    title,
    path: '/p.pdf',
    pages: 1,
    id: `${caseNumber}-${state}`,
    print: view(state),
  }) as PrintedView

/** A program whose printer ends every job as the test says. */
function prints(ends: Partial<Record<'follow' | 'again' | 'confirm', PrintView | Error>> = {}): Prints {
  const answer = (which: 'follow' | 'again' | 'confirm') => () => {
    const end = ends[which] ?? view('printed')
    return end instanceof Error ? Promise.reject(end) : Promise.resolve(end)
  }
  return new Prints({
    followPrint: answer('follow'),
    printAgain: answer('again'),
    confirmPrint: answer('confirm'),
  } as unknown as Program)
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('papers on their way', () => {
  it('are followed to their end and go with the next answer', async () => {
    const list = prints()
    list.add(paper('A-1', 'sent'))
    expect(list.current?.print.state).toBe('sent')
    await settled()
    expect(list.current?.print.state).toBe('printed')
    list.settle()
    expect(list.current).toBeUndefined()
  })

  it('stay when the printer refused them, until they are printed again', async () => {
    const list = prints({ again: view('sent') })
    list.add(paper('A-1', 'refused'))
    list.settle()
    list.add(paper('A-2', 'none'))
    expect(list.current?.made.caseNumber).toBe('A-1')
    if (list.current) await list.again(list.current)
    expect(list.list.map((p) => p.print.state)).toEqual(['printed', 'none'])
  })

  it('ask the clerk where nobody knows the end', async () => {
    const list = prints({ follow: view('untold'), confirm: view('refused') })
    list.add(paper('A-1', 'sent'))
    await settled()
    expect(list.waiting).toBe(1)
    if (list.current) await list.confirm(list.current, false)
    expect(list.current && needsClerk(list.current)).toBe(true)
    if (list.current) list.close(list.current)
    expect(list.waiting).toBe(0)
  })

  it('are replaced by a newer print of the same paper', () => {
    const list = prints()
    list.add(paper('A-1', 'refused'))
    list.add(paper('A-1', 'none'))
    list.add(paper('A-1', 'none', '照会書'))
    expect(list.list.map((p) => p.print.state)).toEqual(['none', 'none'])
  })

  it('say what went wrong when the program fails', async () => {
    const list = prints({ again: new Error('gone') })
    list.add(paper('A-1', 'refused'))
    if (list.current) await list.again(list.current)
    expect(list.current?.print).toMatchObject({ state: 'refused', ref: 'W-999' })
  })
})
