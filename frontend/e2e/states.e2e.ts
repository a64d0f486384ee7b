// Every outcome, every state of the reader and of a PIN, and a refusal, in both
// themes: what the program would say is put in its place, the window is real.

import { type Page } from '@playwright/test'

import { axe } from './axe'
import { expect, picture, press, test } from './program'

const outcomes = {
  proceed: '本日 受付できます',
  'visit-again': 'もう一度の来庁・郵送が必要です',
  'go-elsewhere': '別の窓口をご案内します',
  'not-possible': '受付できません',
  'ask-supervisor': '担当へ確認してください',
  'need-answers': 'うかがっています',
}

/** Makes the program's answer another one before the window sees it. */
async function say(page: Page, bound: string, method: string, change: string): Promise<void> {
  await page.evaluate(
    ([bound, method, change]) => {
      type Bound = Record<string, (...args: unknown[]) => Promise<unknown>>
      const app = (window as unknown as { go: { app: Record<string, Bound> } }).go.app
      const methods = app[bound ?? ''] as Bound
      const real = methods[method ?? '']
      const then = JSON.parse(change ?? '{}') as { reject?: unknown; plan?: object; whole?: object }
      methods[method ?? ''] = async (...args) => {
        if (then.reject) throw then.reject
        const answer = (await real?.(...args)) as { plan?: object }
        if (then.whole) return then.whole
        if (then.plan && answer.plan) Object.assign(answer.plan, then.plan)
        return answer
      }
    },
    [bound, method, change],
  )
}

for (const theme of ['light', 'dark'] as const) {
  test(`every outcome in the ${theme} theme`, async ({ desk }) => {
    await desk.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const [outcome, words] of Object.entries(outcomes)) {
      const plan = { outcome, outcomeWords: words, statusWords: '要確認' }
      await say(desk, 'Desk', 'Decide', JSON.stringify({ plan }))
      await press(desk, 'Digit2')
      await press(desk, 'KeyQ')
      await expect(desk.locator(`svg[data-shape="${outcome}"]`)).toBeVisible()
      await expect(desk.getByText(words)).toBeVisible()
      await picture(desk, `states/${outcome}-${theme}`)
      await axe(desk, `${outcome} ${theme}`)
      await press(desk, 'F12')
    }
  })
}

test('every state of a PIN and of the reader', async ({ desk }) => {
  const pins = [
    { kind: 'signature', label: '署名用', state: 'ok', remaining: 4, limit: 5, words: 'あと4回' },
    {
      kind: 'user-identification',
      label: '利用者証明用',
      state: 'last-try',
      remaining: 1,
      limit: 3,
      words: 'あと1回',
    },
    {
      kind: 'resident-registration',
      label: '住民基本台帳用',
      state: 'locked',
      remaining: 0,
      limit: 3,
      words: 'ロック',
    },
    {
      kind: 'card-info-input',
      label: '券面事項入力補助用',
      state: 'unknown',
      remaining: -1,
      limit: 3,
      words: '不明',
    },
  ]
  const card = {
    reader: '',
    kind: 'individual-number-card',
    kindWords: 'マイナンバーカード',
    expiresWords: '2030年3月10日まで',
    action: '',
    certificates: [],
  }
  for (const [state, readerWords, list] of [
    ['card', 'カードを読みました', pins],
    [
      'card',
      'カードを読みました',
      pins.map((p) => ({ ...p, state: 'unset', remaining: -1, words: '未設定' })),
    ],
    ['no-reader', 'リーダーが見つかりません', []],
    ['failed', 'リーダーが使えません', []],
    ['foreign-card', 'マイナンバーカードではありません', []],
  ] as const) {
    await desk.evaluate(
      (view) => {
        const events = window as unknown as { wails: { EventsNotify: (message: string) => void } }
        events.wails.EventsNotify(JSON.stringify({ name: 'card', data: [view] }))
      },
      { ...card, state, readerWords, pins: list },
    )
    await expect(desk.locator('.card')).toHaveAttribute('data-state', state)
    await expect(desk.locator('[data-pin]')).toHaveCount(list.length)
    await picture(desk, `states/card-${state}-${list[0]?.state ?? 'none'}`)
    await axe(desk, `card ${state}`)
  }
})

test('a refusal says what to do next, in the strip until it is dealt with', async ({ desk }) => {
  const reject = {
    code: 'disk-full',
    title: 'ディスクの空きがありません',
    action: '不要なファイルを消してください',
    ref: 'M-014',
  }
  await say(desk, 'Cases', 'PrintChecklist', JSON.stringify({ reject }))
  await press(desk, 'Digit2')
  await press(desk, 'KeyQ')
  await press(desk, 'F9')
  const strip = desk.locator('.strip[data-kind=problem]')
  await expect(strip).toContainText('ディスクの空きがありません')
  await expect(strip).toContainText('M-014')
  await press(desk, 'KeyA')
  await expect(strip).toBeVisible()
  await picture(desk, 'states/problem')
  await axe(desk, 'problem')
  await press(desk, 'Escape')
  await expect(strip).toHaveCount(0)
})

test('a letter form and a filled history have nothing for axe', async ({ desk }) => {
  await press(desk, 'Digit3')
  await press(desk, 'KeyP')
  await press(desk, 'F10')
  await expect(desk.locator('.letter')).toBeVisible()
  await axe(desk, 'letter')
  await press(desk, 'Escape')
  await press(desk, 'F8')
  await expect(desk.locator('.strip')).toContainText('記録しました')
  await press(desk, 'F3')
  await expect(desk.locator('[data-case]')).toHaveCount(1)
  await desk.locator('[data-case]').press('Enter')
  await expect(desk.locator('.events')).toBeVisible()
  await picture(desk, 'states/history-full')
  await axe(desk, 'history')
})

test('a key is answered on the screen quickly', async ({ desk }) => {
  test.setTimeout(120_000)
  await press(desk, 'KeyQ')
  const times = await desk.evaluate(async () => {
    const taken: number[] = []
    for (let i = 0; i < 60; i++) {
      const line = document.querySelector('[data-answered=procedure]')?.textContent
      const from = performance.now()
      window.dispatchEvent(
        new KeyboardEvent('keydown', { code: i % 2 ? 'Digit2' : 'Digit3', bubbles: true, cancelable: true }),
      )
      while (document.querySelector('[data-answered=procedure]')?.textContent === line) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      taken.push(performance.now() - from)
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    return taken.sort((a, b) => a - b)
  })
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10
  test.info().annotations.push({ type: 'milliseconds', description: `median ${at(0.5)}, 99th ${at(0.99)}` })
  console.log(`key to painted answer: median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms`)
  // The goal is 50 ms on a machine of its own; a shared one is given room.
  expect(at(0.5)).toBeLessThan(100)
})
