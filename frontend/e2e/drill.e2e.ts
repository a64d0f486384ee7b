// Whole visits of training, played in the window: a perfect one, one that asks
// for too much, one that locks the card.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { askAll, begin, choose, enter, outside, perfect, state, training } from './drill'
import { looks } from './looks'
import { expect, picture, press, results, test } from './program'

test.beforeAll(() => {
  test.setTimeout(180_000) // the console program is compiled once
  perfect('standard')
})

test('a perfect visit: asked, told, mailed, printed, closed, and put on record', async ({
  desk,
  program,
}) => {
  test.setTimeout(180_000)
  const right = perfect('curator-silent')
  await enter(desk, 'curator-silent', '例示 髙子')
  await expect(desk.locator('header')).toContainText('訓練')
  await expect(desk.locator('.visitor')).toContainText('保佐人です')
  await looks(desk, 'drill/visitor', { top: '.visitor' })

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
  await looks(desk, 'drill/statement', { top: '.statement' })
  await state(desk)
  await expect(desk.locator('.plan')).toBeVisible()
  await looks(desk, 'drill/told', { part: '.plan' })

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
    await expect(desk.locator('.letter')).toHaveCount(0) // its fields would take the key
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
  await looks(desk, 'drill/debrief-perfect', { top: '.debrief' })

  await test.step('the record is printed, marked, and names its sources', async () => {
    await press(desk, 'KeyP')
    await expect(desk.locator('.strip')).toContainText('窓口訓練の記録を作りました')
    const file = /(\/\S+\.pdf)/.exec(await desk.locator('.strip').innerText())?.[1] ?? ''
    const words = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    expect(words).toContain('例示 髙子')
    expect(words.replaceAll(/\s/g, '')).toContain('訓練')
    execFileSync('pdftoppm', ['-r', '60', '-png', file, path.join(results, 'pictures/drill/record')])
  })
  expect(outside(program.data)).toEqual([])
})

test('a visit that asks for too much loses a point for each, and says so', async ({ desk, program }) => {
  test.setTimeout(180_000)
  const right = perfect('standard')
  await enter(desk, 'standard', '例示 髙子')
  await press(desk, 'F4')
  await expect(desk.locator('.bag')).toBeVisible()
  await looks(desk, 'drill/bag', { part: '.bag' })
  await press(desk, 'Escape')
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
  await looks(desk, 'drill/debrief-too-much', { part: '.debrief' })
  const points = await debrief.locator('.score strong').innerText()
  const of = /\/ (\d+)点/.exec(await debrief.locator('.score').innerText())?.[1] ?? ''
  expect(Number(of) - Number(points), '2 for the question, 5 for the paper, 3 for the hint').toBe(10)

  await test.step('the trainer sees it, and can delete it', async () => {
    await training(desk)
    await desk.locator('[data-trainee-result="例示 髙子"]').press('Enter')
    await expect(desk.locator('[data-record="1"]')).toBeVisible()
    await looks(desk, 'drill/results', { top: '[data-results]' })
    await desk.locator('[data-record="1"]').press('Enter')
    await expect(desk.locator('iframe')).toBeVisible()
    await looks(desk, 'drill/results-record', { part: '.body', top: '.preview' })
    await desk.locator('.preview button').press('Enter')
    await desk.locator('[data-results=table]').press('Enter')
    await expect(desk.getByText('表を作りました')).toBeVisible()
    const csv = readdirSync(path.join(program.data, 'simulation')).find((name) => name.endsWith('.csv')) ?? ''
    expect(readFileSync(path.join(program.data, 'simulation', csv), 'utf8')).toContain('例示 髙子')
    await desk.locator('[data-forget=ask]').press('Enter')
    await looks(desk, 'drill/results-forget', { part: '.body', top: '[data-forget]' })
    await desk.locator('[data-forget=yes]').press('Enter')
    await expect(desk.getByText('例示 髙子さんの成績を消しました')).toBeVisible()
    await expect(desk.locator('[data-trainee-result]')).toHaveCount(0)
  })
  expect(outside(program.data)).toEqual([])
})

test('a visit that locks the card', async ({ desk, program }) => {
  test.setTimeout(180_000)
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
  await looks(desk, 'drill/locked', { part: '.visitor' })
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
  await picture(desk, 'drill/debrief-locked')

  expect(outside(program.data)).toEqual([])
  await test.step('pause, another seed, and leaving by two steps', async () => {
    await press(desk, 'KeyR')
    await expect(desk.locator('.debrief')).toHaveCount(0)
    await expect(desk.locator('.visitor')).toBeVisible()
    await press(desk, 'KeyB')
    await expect(desk.getByRole('alertdialog')).toContainText('休憩中')
    await looks(desk, 'drill/paused', { part: '.paused' })
    await press(desk, 'KeyB')
    await expect(desk.getByRole('alertdialog')).toHaveCount(0)
    await training(desk)
    await desk.locator('[data-leave=ask]').press('Enter')
    await expect(desk.locator('header')).toContainText('訓練')
    await looks(desk, 'drill/leaving', { part: '.body' })
    await desk.locator('[data-leave=yes]').press('Enter')
    await expect(desk.locator('header')).not.toContainText('訓練')
  })
})
