// The second visit: the letter is scanned, the visitor compared with what was
// kept, and the case brought to its end, in every dress.

import { existsSync, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import path from 'node:path'

import { looks } from './looks'
import { mailAll, queueLetter } from './mailroom'
import { expect, press, test, scan } from './program'

test('a second visit from the scanned letter to its end', async ({ desk }) => {
  test.setTimeout(180_000)
  const number = await queueLetter(desk, '架空 𠮷男')
  await mailAll(desk)
  await press(desk, 'F11')
  await scan(desk, `${number}-1`)
  await expect(desk.locator('.person .name')).toHaveText('架空 𠮷男')

  await test.step('sealed, complete, in time; compared, kept, opened, done', async () => {
    const current = desk.locator('.question.current')
    await expect(current).toHaveAttribute('data-question', 'letter.sealed')
    await expect(desk.locator('.person .read')).toHaveAttribute('aria-pressed', 'false')
    await expect(desk.locator('.person .agreed')).toContainText('前回のご案内: 照会書の郵送と再度の来庁')
    await expect(desk.locator('.person')).toContainText('期限内')
    await expect(desk.locator('.person')).toContainText('例示 髙子')
    await looks(desk, 'office/second-visit-asking', { top: '.person' })
    await press(desk, 'KeyY')
    await expect(current).toHaveAttribute('data-question', 'letter.complete')
    await press(desk, 'KeyY')
    await press(desk, 'F8') // not compared yet: it is asked for, nothing is kept
    await expect(desk.locator('.person [role=alert]')).toContainText('まだ照合していません')
    await expect(desk.locator('.strip', { hasText: '記録しました' })).toHaveCount(0)
    await looks(desk, 'office/second-visit-not-compared', { part: '.person' })
    await press(desk, 'F1')
    await expect(desk.locator('.person .read')).toHaveAttribute('aria-pressed', 'true')
    await expect(desk.locator('.person [role=alert]')).toHaveCount(0)
    await looks(desk, 'office/second-visit-compared', { part: '.person' })
    await press(desk, 'F6')
    await expect(desk.locator('.person')).not.toContainText('架空')
    await looks(desk, 'office/second-visit-hidden', { part: '.person' })
    await expect(desk.locator('.person button')).toHaveCount(0)
    await desk.locator('nav [data-key="F8"]').click() // as the key: a hidden name is shown, no more
    await expect(desk.locator('.person .name')).toHaveText('架空 𠮷男')
    await expect(desk.locator('.strip', { hasText: '記録しました' })).toHaveCount(0)
    await press(desk, 'F1')
    await press(desk, 'Enter')
    await expect(desk.locator('.strip')).toContainText('今日の来庁を記録しました')
    await expect(desk.locator('.person')).toContainText('2回目')
    for (const step of ['envelope-opened', 'done']) {
      await desk.locator(`[data-step="${step}"]`).press('Enter')
      await expect(desk.locator(`[data-step="${step}"]`)).toHaveCount(0)
    }
    await expect(desk.locator('.person .agreed')).toContainText('完了')
    await expect(desk.locator('.person .agreed')).toContainText('2回目のご案内: 本日 受付できます')
    await expect(desk.locator('.person')).toContainText('完了しました。F12 で次の方へ')
    await expect(desk.locator('.person')).not.toContainText('読み上げて、確かめて')
    await looks(desk, 'office/second-visit-done', { part: '.person' })
  })

  await test.step('the history tells it all in order', async () => {
    await press(desk, 'F3')
    await desk.locator(`[data-case="${number}"]`).press('Enter')
    await expect(desk.locator('.events li').last()).toContainText('完了')
    await expect(desk.locator('.events')).toContainText('発送しました')
    await expect(desk.locator('.events')).toContainText('読み上げて照合しました')
    await expect(desk.locator('.events')).toContainText('照会書を作りました')
    await expect(desk.locator('.events')).toContainText('回答期限 2026年12月22日')
    await expect(desk.locator('.case .next'), 'nothing goes on').toHaveCount(0)
    const names = [new RegExp(`^${userInfo().username}$`)] // where the office named no operator
    await looks(desk, 'office/history-timeline', { part: '.case', words: names })
    await press(desk, 'KeyP')
    await expect(desk.getByRole('heading', { name: '個人の情報の消去' })).toBeFocused()
    await expect(desk.locator('.case')).toContainText('365日')
  })
})

test('a kill in the middle of a second visit brings case and person back', async ({
  desk,
  program,
  again,
}) => {
  test.setTimeout(90_000)
  const number = await queueLetter(desk, '架空 一郎')
  await mailAll(desk)
  await scan(desk, `${number}-1`)
  await expect(desk.locator('.person .name')).toHaveText('架空 一郎')
  await expect(desk.locator('.question.current')).toHaveAttribute('data-question', 'letter.sealed')
  await press(desk, 'KeyY')
  const draft = path.join(program.data, 'simulation/draft.json')
  await expect.poll(() => existsSync(draft) && readFileSync(draft, 'utf8')).toContain('letter.sealed')
  expect(readFileSync(draft, 'utf8')).not.toContain('架空')
  const page = await again()
  await expect(page.locator('.strip')).toContainText('途中だった受付を戻しました')
  await expect(page.locator('.strip')).toContainText(`受付番号 ${number} の続きです`)
  await expect(page.locator('.strip')).not.toContainText('保存していません')
  await expect(page.locator('.person .name')).toHaveText('架空 一郎')
  await expect(page.locator('[data-answered="letter.sealed"]')).toContainText('はい')
  await looks(page, 'office/second-visit-restored', { part: '.person' })
})
