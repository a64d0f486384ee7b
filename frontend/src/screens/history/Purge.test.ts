import { render, screen, waitFor } from '@testing-library/svelte'
import { describe, expect, it, vi } from 'vitest'

import Purge from './Purge.svelte'
import type { PurgeView, RetentionProgram } from './retention'

const line = (caseNumber: string, stateWords: string) =>
  ({
    caseNumber,
    stateWords,
    procedure: '電子証明書の更新',
    opened: '2025年10月1日(水)',
  }) as PurgeView['due'][0]

const due = {
  days: 365,
  held: 12,
  people: 3,
  due: [line('M1-251001', '完了'), line('M1-251002', '取下げ')],
  stale: [line('M1-250901', '発送済み')],
  allowed: true,
  words: '',
} as unknown as PurgeView

function panel(preview: PurgeView) {
  const purge = vi.fn(() =>
    Promise.resolve({
      ...preview,
      due: [],
      people: 0,
      words: '2件の受付から 3人分の情報を消しました',
    } as PurgeView),
  )
  const program: RetentionProgram = { preview: () => Promise.resolve(preview), purge }
  const purged = vi.fn()
  render(Purge, { program, purged })
  return { purge, purged }
}

describe('the purge', () => {
  it('names who is due and what is stale, and asks twice', async () => {
    const { purge, purged } = panel(due)
    await waitFor(() => screen.getByText('今日 消すもの ― 2件・3人'))
    expect(screen.getByText('M1-251001').closest('li')?.textContent).toContain('完了')
    expect(screen.getByText('M1-250901').closest('ul')?.className).toContain('stale')
    screen.getByText('2件を消す(確かめます)').click()
    await waitFor(() => screen.getByText('元に戻せません。2件を消しますか?'))
    const focused = () => document.activeElement?.textContent
    await waitFor(() => expect(focused()).toBe('やめる'))
    screen.getByText('やめる').click()
    await waitFor(() => expect(focused()).toBe('2件を消す(確かめます)'))
    expect(purge).not.toHaveBeenCalled()
    screen.getByText('2件を消す(確かめます)').click()
    ;(await waitFor(() => screen.getByText('消す'))).click()
    await waitFor(() => screen.getByText(/3人分の情報を消しました/))
    await waitFor(() => expect(focused()).toContain('3人分の情報を消しました'))
    expect(screen.getByText('ありません')).toBeTruthy()
    expect(purged).toHaveBeenCalledOnce()
  })

  it('lets a clerk look, and says who may purge', async () => {
    const { purge } = panel({ ...due, allowed: false } as PurgeView)
    await waitFor(() => screen.getByText(/責任者か管理者が行います/))
    expect(screen.queryByText(/消す\(確かめます\)/)).toBeNull()
    expect(purge).not.toHaveBeenCalled()
  })
})
