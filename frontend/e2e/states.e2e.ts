// Every outcome, every state of the reader and of a PIN, and a refusal, in both
// themes: what the program would say is put in its place, the window is real.

import { readFileSync } from 'node:fs'
import path from 'node:path'

import { type Page } from '@playwright/test'

import { axe } from './axe'
import { fits, foreign } from './fit'
import { expect, picture, press, test } from './program'

const outcomes = {
  proceed: '本日 受付できます',
  'visit-again': 'もう一度の来庁・郵送が必要です',
  'go-elsewhere': '別の窓口をご案内します',
  'not-possible': '受付できません',
  'ask-supervisor': '担当へ確認してください',
  'need-answers': 'うかがっています',
}

/** Every problem of the program, as its own test lists them. */
const problems = JSON.parse(readFileSync(path.join(import.meta.dirname, 'problems.json'), 'utf8')) as {
  code: string
  title: string
  action: string
  ref: string
}[]

/** What problems of administrators and of the console name. */
const namesInProblems = [
  /^(history|db|settings|cases|restore|verify|rules|check|drill|list|only|record|card|change|kind|finish)$/,
  /^(resident-registration|situation|memo|fonts|again-of|run)$/,
]

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

for (const theme of ['light', 'dark', 'forced'] as const) {
  test(`every outcome, ${theme}`, async ({ desk }) => {
    await desk.emulateMedia({
      colorScheme: theme === 'dark' ? 'dark' : 'light',
      forcedColors: theme === 'forced' ? 'active' : 'none',
      reducedMotion: 'reduce',
    })
    for (const [outcome, words] of Object.entries(outcomes)) {
      const plan = { outcome, outcomeWords: words, statusWords: '要確認' }
      await say(desk, 'Desk', 'Decide', JSON.stringify({ plan }))
      await press(desk, 'Digit2')
      await press(desk, 'KeyQ')
      await expect(desk.locator(`svg[data-shape="${outcome}"]`)).toBeVisible()
      await expect(desk.getByText(words)).toBeVisible()
      await picture(desk, `states/${outcome}-${theme}`)
      await axe(desk, `${outcome} ${theme}`, { coloursOnly: theme !== 'light' })
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

test('every problem the program can say', async ({ desk }) => {
  test.setTimeout(120_000)
  expect(problems.length).toBeGreaterThan(90)
  await press(desk, 'Digit2')
  await press(desk, 'KeyQ')
  await axe(desk, 'before the problems') // puts axe into the page
  const shown = await desk.evaluate(showEach, problems)
  for (const [i, { code, title, action, ref }] of problems.entries()) {
    const strip = shown[i]
    expect(strip?.alert, `${code} is an alert`).toBe('alert')
    expect(strip?.text, code).toContain(`${title}${action}(${ref})`.replace(/\s+/g, ''))
    expect(strip?.faults, `axe on ${code}`).toEqual([])
    expect.soft(foreign(`${title} ${action}`, namesInProblems), `foreign words in ${code}`).toEqual([])
  }
  await fits(desk, 'the last problem', namesInProblems)
  await picture(desk, 'states/problem-last')
})

interface Shown {
  text: string
  alert: string | null
  faults: string[]
}

/** In the page: lets saving be refused with each problem and looks at the strip. */
async function showEach(problems: object[]): Promise<Shown[]> {
  interface Page {
    go: { app: { Cases: { Save: () => Promise<unknown> } } }
    axe: { run: (within: string, how: object) => Promise<{ violations: { id: string }[] }> }
  }
  const page = window as unknown as Page
  const key = (code: string) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }))
  const strip = () => document.querySelector('.strip[data-kind=problem]')
  const until = async (stands: boolean) => {
    for (let i = 0; i < 300 && (strip() !== null) !== stands; i++) await new Promise((r) => setTimeout(r, 5))
  }
  const shown: Shown[] = []
  for (const problem of problems) {
    page.go.app.Cases.Save = () => Promise.reject(problem)
    key('F8')
    await until(true)
    const text = strip()?.querySelector('p')?.textContent ?? ''
    const found = await page.axe.run('.strip', { preload: false, resultTypes: ['violations'] })
    shown.push({
      text: text.replace(/^× ?/, '').replace(/\s+/g, ''),
      alert: strip()?.getAttribute('role') ?? null,
      faults: found.violations.map((v) => v.id),
    })
    if (shown.length < problems.length) {
      key('Escape')
      await until(false)
    }
  }
  return shown
}

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
