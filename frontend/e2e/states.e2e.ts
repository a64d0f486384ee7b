// Every outcome, every state of the reader and of a PIN, and every problem, in
// every dress: what the program would say is put in its place, the window is real.

import { readFileSync } from 'node:fs'
import path from 'node:path'

import { foreign } from './fit'
import { looks } from './looks'
import { say, tell } from './say'
import { expect, picture, press, lent as test } from './program'

const outcomes = {
  proceed: '本日 受付できます',
  'visit-again': '照会書の郵送と再度の来庁が必要です',
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

test('every outcome', async ({ desk }) => {
  test.setTimeout(120_000)
  for (const [outcome, words] of Object.entries(outcomes)) {
    const plan = { outcome, outcomeWords: words, statusWords: '要確認' }
    // Nothing is asked any more once there is an outcome.
    const told = { plan: { ...plan, complete: true }, answer: { questions: [], putAside: [] } }
    await say(desk, 'Desk', 'Decide', outcome === 'need-answers' ? { plan } : told)
    await press(desk, 'Digit2')
    await press(desk, 'KeyQ')
    await expect(desk.locator(`svg[data-shape="${outcome}"]`)).toBeVisible()
    await expect(desk.getByText(words)).toBeVisible()
    await looks(desk, `states/${outcome}`, { part: '.plan' })
    await press(desk, 'F12')
  }
})

/** The four PINs of a card, each in another state. */
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

test('every state of a PIN and of the reader', async ({ desk }) => {
  test.setTimeout(120_000)
  const again = 'カードを置き直してください'
  for (const [state, readerWords, action, list] of [
    ['card', 'カードを読みました', '', pins],
    [
      'card',
      'カードを読みました',
      '',
      pins.map((p) => ({ ...p, state: 'unset', remaining: -1, words: '未設定' })),
    ],
    ['no-reader', 'リーダーが見つかりません', 'リーダーをつないでください', []],
    ['failed', 'リーダーが使えません', again, []],
    ['foreign-card', 'マイナンバーカードではありません', again, []],
    ['removed', 'リーダー 正常', 'カードを置いてください', []],
  ] as const) {
    await tell(desk, 'card', { ...card, state, readerWords, action, pins: list })
    await expect(desk.locator('.card')).toHaveAttribute('data-state', state)
    await expect(desk.locator('[data-pin]')).toHaveCount(list.length)
    const wrong = ['no-reader', 'failed', 'foreign-card'].includes(state)
    await expect(desk.locator('.card .mark')).toHaveText(wrong ? '×' : '●')
    // A card is asked for only where a reader that works has none.
    await expect(desk.locator('.plan .empty')).toContainText('手続を数字のキーで選んでください')
    await expect(desk.locator('.plan .empty', { hasText: 'リーダーに置いて' })).toHaveCount(
      state === 'removed' ? 1 : 0,
    )
    await looks(desk, `states/card-${state}-${list[0]?.state ?? 'none'}`, { part: '.card' })
  }
})

test('every problem the program can say', async ({ desk }) => {
  test.setTimeout(120_000)
  expect(problems.length).toBeGreaterThan(90)
  await press(desk, 'Digit2')
  await press(desk, 'KeyQ')
  const shown = await desk.evaluate(showEach, problems)
  for (const [i, { code, title, action, ref }] of problems.entries()) {
    const strip = shown[i]
    expect(strip?.alert, `${code} is an alert`).toBe('alert')
    expect(strip?.text, code).toContain(`${title}${action}(${ref})`.replace(/\s+/g, ''))
    expect.soft(foreign(`${title} ${action}`, namesInProblems), `foreign words in ${code}`).toEqual([])
  }
  await expect(desk.locator('.every .strip')).toHaveCount(problems.length)
  await looks(desk, 'states/problems', { words: namesInProblems, part: '.every' })
  await desk.evaluate(() => document.querySelector('.every')?.remove())
  await looks(desk, 'states/problem-last', { words: namesInProblems })
})

interface Shown {
  text: string
  alert: string | null
}

/**
 * In the page: lets saving be refused with each problem. What the strip shows of
 * each is put one below the other, to be looked at together.
 */
async function showEach(problems: object[]): Promise<Shown[]> {
  const page = window as unknown as { go: { app: { Cases: { Save: () => Promise<unknown> } } } }
  const key = (code: string) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }))
  const strip = () => document.querySelector('.frame > .strip[data-kind=problem]')
  const until = async (stands: boolean) => {
    for (let i = 0; i < 300 && (strip() !== null) !== stands; i++) await new Promise((r) => setTimeout(r, 5))
  }
  const every = document.createElement('div')
  every.className = 'every'
  every.style.cssText = 'position: absolute; inset: 3rem 0 8rem; z-index: 1; overflow: auto'
  const shown: Shown[] = []
  for (const problem of problems) {
    page.go.app.Cases.Save = () => Promise.reject(problem)
    key('F8')
    await until(true)
    const text = strip()?.querySelector('p')?.textContent ?? ''
    shown.push({
      text: text.replace(/^× ?/, '').replace(/\s+/g, ''),
      alert: strip()?.getAttribute('role') ?? null,
    })
    const copy = strip()?.cloneNode(true) as HTMLElement | undefined
    if (copy) copy.style.position = 'static'
    every.append(copy ?? '')
    if (shown.length < problems.length) {
      key('Escape')
      await until(false)
    }
  }
  document.querySelector('.frame')?.append(every)
  return shown
}

test('a refusal says what to do next, in the strip until it is dealt with', async ({ desk }) => {
  const reject = {
    code: 'disk-full',
    title: 'ディスクの空きがありません',
    action: '不要なファイルを消してください',
    ref: 'M-014',
  }
  await say(desk, 'Cases', 'PrintChecklist', { reject })
  await press(desk, 'Digit2')
  await press(desk, 'KeyQ')
  await press(desk, 'F9')
  const strip = desk.locator('.strip[data-kind=problem]')
  await expect(strip).toContainText('ディスクの空きがありません')
  await expect(strip).toContainText('M-014')
  await press(desk, 'KeyA')
  await expect(strip).toBeVisible()
  await picture(desk, 'states/problem')
  await press(desk, 'Escape')
  await expect(strip).toHaveCount(0)
})
