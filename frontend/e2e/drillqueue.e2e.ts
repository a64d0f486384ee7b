// Training with more than one visitor, or more than one matter.

import { askAll, begin, choose, enter, outside, perfect, procedures, state, training } from './drill'
import { looks } from './looks'
import { expect, picture, press, test } from './program'

test.beforeAll(() => {
  test.setTimeout(180_000) // the console program is compiled once
  perfect('standard')
})

test('a queue of two, a letter given to the wrong person, and an exercise', async ({ desk, program }) => {
  test.setTimeout(180_000)
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
    await state(desk)
    await desk.locator('[data-response=mail]').press('Enter')
    await press(desk, 'F10')
    await desk.getByLabel('お名前').first().fill('見本 太郎')
    await desk.getByLabel('ご住所(1行ずつ)').first().fill('川崎市架空町1番2号')
    await press(desk, 'F8')
    await expect(desk.locator('.strip')).toContainText('あとでまとめて作ります')
    await expect(desk.locator('[data-hand=visitor]')).toBeVisible()
    await looks(desk, 'drill/whom', { part: '.visitor' })
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
  await looks(desk, 'drill/debrief-queue', { part: '.debrief' })

  await test.step('the next of the queue, then the results and an exercise', async () => {
    await press(desk, 'F12')
    await expect(desk.locator('.queue')).toContainText('2人目 / 2人')
    await training(desk)
    await desk.locator('[data-trainee-result]').press('Enter')
    await desk.locator('[data-exercises]').selectOption('kasugai')
    await desk.locator('[data-exercise="exercises/kasugai/pin-reset"]').press('Enter')
    await expect(desk.locator('.visitor blockquote').first()).toBeVisible()
    await expect(desk.locator('.queue')).toHaveCount(0)
    await press(desk, `Digit${procedures.indexOf('pin-reset') + 1}`)
    await desk.locator('.question.current [data-value="holder"]').first().press('Enter')
    await askAll(desk)
    await choose(desk, { outcome: 'proceed', papers: [], pins: [], visits: 1, letter: false, deadline: null })
    await picture(desk, 'drill/exercise')
    await state(desk)
    await press(desk, 'F12')
    await expect(debrief.locator('[data-verdict]')).not.toHaveCount(0)
    await expect(debrief.locator('.source span').first()).toContainText('行目')
    await picture(desk, 'drill/exercise-debrief')
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
  await picture(desk, 'drill/two-matters')
  await state(desk)
  await looks(desk, 'drill/event', { part: '.visitor' })
  await desk.locator('.visitor').getByRole('button', { name: '住所の変更で失効したので' }).press('Enter')
  await press(desk, 'F9')
  await expect(desk.locator('.strip')).toContainText('作りました')
  await press(desk, 'F12')
  await expect(desk.locator('.debrief')).toContainText('満点')
})
