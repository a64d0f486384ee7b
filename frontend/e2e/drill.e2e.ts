// Whole visits of training, played in the window: a perfect one, one that asks
// for too much, one that locks the card. What is right is asked of the program
// itself (madoctl drill answers), so that a change of the rules changes it here.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { type Locator, type Page } from '@playwright/test'

import { axe } from './axe'
import { fits } from './fit'
import { expect, picture, press, test } from './program'

const root = path.resolve(import.meta.dirname, '../..')

interface Count {
  class: string
  count: number
}

interface Perfect {
  asked: string[]
  responses: Record<string, string>
  statement: {
    outcome: string
    papers: { of: string; anyOf: Count[][] }[]
    pins: { kind: string; entry: string }[]
    visits: number
    letter: boolean
    deadline: string | null
    accepted?: string[]
  }
}

const answers = new Map<string, Perfect>()

function perfect(scenario: string): Perfect {
  const known = answers.get(scenario)
  if (known) return known
  const out = execFileSync(
    'go',
    ['run', './app/madoctl', 'drill', 'answers', '--scenario', scenario, '--json'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const read = JSON.parse(out) as Perfect
  answers.set(scenario, read)
  return read
}

const procedures = [
  'certificate-issue',
  'certificate-renewal',
  'pin-reset',
  'pin-change',
  'card-face-update',
  'suspension-release',
  'card-renewal',
  'card-loss',
  'residence-period-update',
]

/** Opens the trainer's tab. */
async function training(desk: Page): Promise<void> {
  await press(desk, 'F11')
  await expect(desk.locator('[data-tab=training]')).toBeVisible()
  await press(desk, 'Digit4')
}

/** Enters a scenario from the trainer's tab, under a made-up trainee's name. */
async function enter(desk: Page, scenario: string, trainee: string): Promise<void> {
  await training(desk)
  await desk.locator('[data-trainee]').fill(trainee)
  await desk.locator(`[data-scenario="${scenario}"]`).press('Enter')
  await expect(desk.locator('.visitor')).toBeVisible()
}

/** Chooses what the visitor came for and who they are, as they said. */
async function begin(desk: Page, procedure: string, visitor: string): Promise<void> {
  await press(desk, `Digit${procedures.indexOf(procedure) + 1}`)
  const key = await desk.locator(`[data-value="${visitor}"] kbd`).first().innerText()
  await press(desk, `Key${key}`)
}

/** Puts every question the desk asks, by Enter. */
async function askAll(desk: Page): Promise<string[]> {
  const asked: string[] = []
  for (let round = 0; round < 20; round++) {
    const current = desk.locator('.question.current')
    if ((await current.count()) === 0) return asked
    const key = (await current.getAttribute('data-question')) ?? ''
    await press(desk, 'Enter')
    await expect(desk.locator(`.question.current[data-question="${key}"]`)).toHaveCount(0)
    asked.push(key)
  }
  return asked
}

/** The id of one paper of the list: its party and classes, as the program names it. */
function paperIDs(papers: Perfect['statement']['papers'], offered: string[]): Map<string, number> {
  const ids = new Map<string, number>()
  const add = (id: string) => ids.set(id, (ids.get(id) ?? 0) + 1)
  for (const paper of papers) {
    for (const atom of atoms(paper.anyOf)) {
      const id = `${paper.of}:${atom}`
      if (!offered.includes(id)) throw new Error(`no paper ${id} to choose`)
      add(id)
    }
  }
  return ids
}

/** What every alternative holds is a paper of its own; the rest is one together. */
function atoms(anyOf: Count[][]): string[] {
  const lists = anyOf.map((all) => all.flatMap((c) => Array<string>(c.count).fill(c.class)).sort())
  const common: string[] = []
  for (const name of [...(lists[0] ?? [])]) {
    if (!lists.every((list) => list.includes(name))) continue
    common.push(name)
    lists.forEach((list) => list.splice(list.indexOf(name), 1))
  }
  if (lists.some((list) => list.length === 0)) return common
  const rest = [...new Set(lists.map((list) => list.join('+')))].sort().join('|')
  return [...common, rest === 'A|B' ? 'any-id' : rest]
}

/** Chooses a statement in the right column. */
async function choose(desk: Page, said: Perfect['statement']): Promise<void> {
  await desk.locator(`.statement input[name=outcome][value="${said.outcome}"]`).check()
  const offered = await desk
    .locator('[data-paper]')
    .evaluateAll((list) => list.map((e) => e.getAttribute('data-paper') ?? ''))
  for (const [id, count] of paperIDs(said.papers, offered)) {
    const paper = desk.locator('.paper', { has: desk.locator(`[data-paper="${id}"]`) })
    await paper.getByRole('checkbox').check()
    if (count > 1) await paper.getByRole('combobox').selectOption(String(count))
  }
  for (const pin of said.pins) await desk.locator(`[data-pin-entry="${pin.kind}"]`).selectOption(pin.entry)
  await desk.locator(`.statement input[name=visits][value="${said.visits}"]`).check()
  await desk.locator(`.statement input[name=letter][value="${said.letter ? 'yes' : 'no'}"]`).check()
  if (said.deadline) await desk.locator('[data-deadline]').fill(said.deadline.replaceAll('-', ''))
}

async function state(desk: Page): Promise<void> {
  await desk.locator('[data-drill=state]').press('Enter')
  await expect(desk.locator('.statement')).toHaveCount(0)
}

/** Files of a data folder outside the folder of training and the web view's own. */
function outside(data: string): string[] {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(data, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^(simulation|webview)\//.test(file))
}

test.beforeAll(() => {
  test.setTimeout(180_000) // the console program is compiled once
  perfect('standard')
})

test('a perfect visit: asked, told, mailed, printed, closed, and put on record', async ({
  desk,
  program,
}) => {
  test.setTimeout(120_000)
  const right = perfect('curator-silent')
  await enter(desk, 'curator-silent', '例示 髙子')
  await expect(desk.locator('header')).toContainText('訓練')
  await expect(desk.locator('.visitor')).toContainText('保佐人です')
  await picture(desk, 'drill-1-visitor')
  await axe(desk, 'a visitor of training')

  await test.step('nothing is given away before it is said', async () => {
    await begin(desk, 'suspension-release', 'curator')
    await expect(desk.locator('.plan')).toHaveCount(0)
    await press(desk, 'F9')
    await expect(desk.locator('.strip')).toContainText('まだご案内を伝えていません')
    await press(desk, 'Escape')
  })
  const asked = await askAll(desk)
  expect(asked).toEqual([...new Set(right.asked.map((key) => key.replace(/^pins\..*/, 'pins')))])
  await expect(desk.locator('.talk')).toContainText('目録には預金と不動産のことだけ')
  await choose(desk, right.statement)
  await picture(desk, 'drill-2-statement')
  await axe(desk, 'what is told')
  await state(desk)
  await expect(desk.locator('.plan')).toBeVisible()
  await picture(desk, 'drill-3-told')

  await test.step('the letter goes to the holder by post', async () => {
    await press(desk, 'F10')
    const type = (text: string) => desk.keyboard.insertText(text)
    await type('見本 太郎')
    await press(desk, 'Enter')
    await type('8920816')
    await press(desk, 'Enter')
    await type('鹿児島市架空町1番2号')
    await desk.getByLabel(/回答の?期限/).fill('R8.12.22')
    await press(desk, 'F10')
    await expect(desk.locator('.strip')).toContainText('照会書兼回答書・委任状を作りました')
    await expect(desk.locator('[data-hand]')).toHaveCount(2)
    await press(desk, 'KeyZ')
    await expect(desk.locator('[data-hand]')).toHaveCount(0)
  })
  await press(desk, 'F9')
  await expect(desk.locator('.strip')).toContainText('ご案内(チェックリスト)を作りました')
  const number = /受付番号 (\S+)/.exec(await desk.locator('.strip').innerText())?.[1] ?? ''
  expect(number).toMatch(/^SIM-/)
  await press(desk, 'F12')
  const debrief = desk.locator('.debrief')
  await expect(debrief).toContainText('満点')
  await expect(debrief.locator('[data-verdict=right]').first()).toBeVisible()
  expect(await debrief.locator('tbody tr:not([data-verdict=right])').count()).toBe(0)
  await expect(debrief.locator('.source span').first()).toContainText('行目')
  await expect(debrief.locator('.score')).toContainText(/キー [1-9]\d*回/)
  await picture(desk, 'drill-4-perfect')
  await axe(desk, 'a debrief')

  await test.step('the record is printed, marked, and names its sources', async () => {
    await press(desk, 'KeyP')
    await expect(desk.locator('.strip')).toContainText('窓口訓練の記録を作りました')
    const file = /(\/\S+\.pdf)/.exec(await desk.locator('.strip').innerText())?.[1] ?? ''
    const words = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    expect(words).toContain('例示 髙子')
    expect(words.replaceAll(/\s/g, '')).toContain('訓練')
    execFileSync('pdftoppm', [
      '-r',
      '60',
      '-png',
      file,
      path.join(root, 'frontend/test-results/pictures/drill-record'),
    ])
  })
  expect(outside(program.data)).toEqual([])
})

test('a visit that asks for too much loses a point for each, and says so', async ({ desk, program }) => {
  test.setTimeout(120_000)
  const right = perfect('standard')
  await enter(desk, 'standard', '例示 髙子')
  await begin(desk, 'certificate-renewal', 'holder')
  await desk.locator('.visitor summary').press('Enter')
  await desk.locator('[data-drill=other]').selectOption('holder.residencePermit')
  await desk.locator('[data-drill=ask]').press('Enter')
  await expect(desk.locator('.talk .asked')).toHaveCount(2)
  await desk.locator('h2', { hasText: '来庁者' }).click()
  await press(desk, 'F1')
  await expect(desk.locator('.visitor .notice')).toContainText('ヒント: 次に聞くこと: 暗証番号')
  await askAll(desk)
  await choose(desk, right.statement)
  const needless = desk.locator('.paper', { has: desk.locator('[data-paper="visitor:A"]') })
  const extra = (await needless.count()) > 0 ? needless : desk.locator('.paper').first()
  await extra.getByRole('checkbox').check()
  await state(desk)
  await press(desk, 'F9')
  await expect(desk.locator('.strip')).toContainText('作りました')
  await press(desk, 'F12')
  const debrief = desk.locator('.debrief')
  await expect(debrief.locator('[data-verdict="too-much"]')).toHaveCount(2)
  await expect(debrief).toContainText('求めなくてよい書類です')
  await expect(debrief).toContainText('答えが変わらない質問です: 在留資格の期限は')
  await expect(debrief).toContainText('ヒントを使いました')
  await picture(desk, 'drill-5-too-much')
  const points = await debrief.locator('.score strong').innerText()
  const of = /\/ (\d+)点/.exec(await debrief.locator('.score').innerText())?.[1] ?? ''
  expect(Number(of) - Number(points), '2 for the question, 5 for the paper, 3 for the hint').toBe(10)

  await test.step('the trainer sees it, and can delete it', async () => {
    await training(desk)
    await desk.locator('[data-trainee-result="例示 髙子"]').press('Enter')
    await expect(desk.locator('[data-record="1"]')).toBeVisible()
    await desk.locator('[data-record="1"]').scrollIntoViewIfNeeded()
    await picture(desk, 'drill-6-results')
    await axe(desk, 'results of training')
    await desk.locator('[data-results=table]').press('Enter')
    await expect(desk.getByText('表を作りました')).toBeVisible()
    const csv = readdirSync(path.join(program.data, 'simulation')).find((name) => name.endsWith('.csv')) ?? ''
    expect(readFileSync(path.join(program.data, 'simulation', csv), 'utf8')).toContain('例示 髙子')
    await desk.locator('[data-forget=ask]').press('Enter')
    await desk.locator('[data-forget=yes]').press('Enter')
    await expect(desk.getByText('例示 髙子さんの成績を消しました')).toBeVisible()
    await expect(desk.locator('[data-trainee-result]')).toHaveCount(0)
  })
  expect(outside(program.data)).toEqual([])
})

test('a visit that locks the card', async ({ desk, program }) => {
  test.setTimeout(120_000)
  await enter(desk, 'pin-forgotten-renewal', '')
  await begin(desk, 'certificate-renewal', 'holder')
  await desk.locator('.visitor summary').press('Enter')
  await desk.locator('[data-drill=kind]').selectOption('user-identification')
  const attempt = desk.locator('[data-drill=try]')
  const pin = desk.locator('[data-pin="user-identification"]')
  await attempt.press('Enter')
  await expect(pin).toContainText('あと2回')
  await attempt.press('Enter')
  await expect(pin).toContainText('あと1回')
  await attempt.press('Enter')
  await expect(desk.locator('.visitor .notice')).toContainText('残りは1回です')
  await expect(pin).toContainText('あと1回')
  await attempt.press('Enter')
  await expect(pin).toContainText('ロック')
  await picture(desk, 'drill-7-locked')
  await desk.locator('h2', { hasText: '来庁者' }).click()
  await askAll(desk)
  await choose(desk, perfect('pin-forgotten-renewal').statement)
  await state(desk)
  await press(desk, 'F9')
  await expect(desk.locator('.strip')).toContainText('作りました')
  await press(desk, 'F12')
  const debrief = desk.locator('.debrief')
  await expect(debrief.locator('[data-verdict=penalty]')).toHaveCount(4)
  await expect(debrief).toContainText('利用者証明用の暗証番号をロックさせました')
  await picture(desk, 'drill-8-locked-debrief')

  expect(outside(program.data)).toEqual([])
  await test.step('pause, another seed, and leaving by two steps', async () => {
    await press(desk, 'KeyR')
    await expect(desk.locator('.debrief')).toHaveCount(0)
    await expect(desk.locator('.visitor')).toBeVisible()
    await press(desk, 'KeyB')
    await expect(desk.getByRole('alertdialog')).toContainText('休憩中')
    await press(desk, 'KeyB')
    await expect(desk.getByRole('alertdialog')).toHaveCount(0)
    await training(desk)
    await desk.locator('[data-leave=ask]').press('Enter')
    await expect(desk.locator('header')).toContainText('訓練')
    await desk.locator('[data-leave=yes]').press('Enter')
    await expect(desk.locator('header')).not.toContainText('訓練')
  })
})

/** What the window shows at 200 % and in forced colours, looked at and walked through. */
async function dressed(desk: Page, name: string, what: Locator): Promise<void> {
  await fits(desk, name)
  const below = await desk.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  expect.soft(below, `what hangs out of the window below on ${name}`).toBe(0)
  await desk.setViewportSize({ width: 683, height: 384 })
  await what.evaluate((e) => e.scrollIntoView({ block: 'start' }))
  await picture(desk, `drill-${name}-200percent`)
  await fits(desk, `${name} at 200 percent`)
  await desk.setViewportSize({ width: 1366, height: 768 })
  await desk.emulateMedia({ forcedColors: 'active' })
  await picture(desk, `drill-${name}-forced`)
  await axe(desk, `${name} in forced colours`, { coloursOnly: true })
  await desk.emulateMedia({ forcedColors: 'none' })
}

test('a queue of two, a letter given to the wrong person, and an exercise', async ({ desk, program }) => {
  test.setTimeout(120_000)
  const right = perfect('document-inquiry-first')
  await training(desk)
  await desk.locator('[data-trainee]').fill('例示 髙子')
  await desk.locator('[data-seed]').fill('26') // two visitors of whom the first needs a letter
  await desk.getByLabel('来庁者の数').fill('2')
  await desk.getByLabel('次の方が来るまで(秒)').fill('0')
  await desk.getByLabel('むずかしさ').selectOption('2')
  await desk.locator('[data-queue]').press('Enter')
  await expect(desk.locator('.queue')).toContainText('列で練習 1人目 / 2人・お待ち 1人')
  await expect(desk.locator('.visitor')).toContainText('父の代わりに、暗証番号を直しに来ました')

  await test.step('the letter waits in the mail room, and is given away', async () => {
    await begin(desk, 'pin-reset', 'other')
    await askAll(desk)
    await choose(desk, right.statement)
    await dressed(desk, 'statement', desk.locator('.statement'))
    await state(desk)
    await desk.locator('[data-response=mail]').press('Enter')
    await press(desk, 'F10')
    await desk.getByLabel('お名前').first().fill('見本 太郎')
    await desk.getByLabel('ご住所(1行ずつ)').first().fill('川崎市架空町1番2号')
    await press(desk, 'F8')
    await expect(desk.locator('.strip')).toContainText('あとでまとめて作ります')
    await expect(desk.locator('[data-hand=visitor]')).toBeVisible()
    await picture(desk, 'drill-9-whom')
    await press(desk, 'KeyX')
    await expect(desk.locator('[data-hand]')).toHaveCount(0)
  })
  await press(desk, 'F9')
  await expect(desk.locator('.strip')).toContainText('作りました')
  await press(desk, 'F12')
  const debrief = desk.locator('.debrief')
  await expect(debrief.locator('[data-verdict=penalty]')).toHaveCount(1)
  await expect(debrief.locator('[data-verdict=penalty]')).toContainText('照会書を代理人に渡しました')
  expect(await debrief.locator('tbody tr:not([data-verdict=right], [data-verdict=penalty])').count()).toBe(0)
  await picture(desk, 'drill-10-wrong-person')
  await dressed(desk, 'debrief', debrief)

  await test.step('the next of the queue, then the results and an exercise', async () => {
    await press(desk, 'F12')
    await expect(desk.locator('.queue')).toContainText('2人目 / 2人')
    await training(desk)
    await desk.locator('[data-trainee-result]').press('Enter')
    await desk.locator('[data-record="1"]').scrollIntoViewIfNeeded()
    await dressed(desk, 'results', desk.locator('[data-trainee-result]'))
    await desk.locator('[data-exercises]').selectOption('kasugai')
    await desk.locator('[data-exercise="exercises/kasugai/pin-reset"]').press('Enter')
    await expect(desk.locator('.visitor blockquote').first()).toBeVisible()
    await expect(desk.locator('.queue')).toHaveCount(0)
    await press(desk, `Digit${procedures.indexOf('pin-reset') + 1}`)
    await desk.locator('.question.current [data-value="holder"]').first().press('Enter')
    await askAll(desk)
    await choose(desk, { outcome: 'proceed', papers: [], pins: [], visits: 1, letter: false, deadline: null })
    await picture(desk, 'drill-11-exercise')
    await state(desk)
    await press(desk, 'F12')
    await expect(debrief.locator('[data-verdict]')).not.toHaveCount(0)
    await expect(debrief.locator('.source span').first()).toContainText('行目')
    await picture(desk, 'drill-12-exercise-debrief')
  })
  expect(outside(program.data)).toEqual([])
})

test('a visit of two matters is played like any other', async ({ desk }) => {
  test.setTimeout(90_000)
  await enter(desk, 'address-and-certificate', '')
  await begin(desk, 'card-face-update', 'holder')
  await press(desk, 'Shift+Digit1')
  await expect(desk.locator('[data-answered=procedure]')).toContainText(' と ')
  await askAll(desk)
  await choose(desk, perfect('address-and-certificate').statement)
  await picture(desk, 'drill-13-two-matters')
  await state(desk)
  await desk.locator('.visitor').getByRole('button', { name: '住所の変更で失効したので' }).press('Enter')
  await press(desk, 'F9')
  await expect(desk.locator('.strip')).toContainText('作りました')
  await press(desk, 'F12')
  await expect(desk.locator('.debrief')).toContainText('満点')
})
