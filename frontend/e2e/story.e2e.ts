// The counter's job through the real window: card, questions, plan, checklist,
// history; all by keyboard.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { expect, lent, picture, press, test } from './program'

test('from the card to the printed checklist and the history', async ({ desk }) => {
  await test.step('the card is there: four PINs in words and shapes', async () => {
    await expect(desk.getByText('カードを読みました')).toBeVisible()
    await expect(desk.locator('[data-pin]')).toHaveCount(4)
    await expect(desk.locator('[data-pin=signature]')).toContainText('あと5回')
    await expect(desk.locator('[data-pin=signature] circle')).toHaveCount(5)
    await picture(desk, '1-card')
  })

  await test.step('procedure and visitor by one key each', async () => {
    await press(desk, 'Digit2')
    await expect(desk.locator('[data-answered=procedure]')).toContainText('更新')
    await press(desk, 'KeyQ')
    await expect(desk.locator('[data-answered="visitor.kind"]')).toContainText('本人')
    await picture(desk, '2-questions')
  })

  let keys = 2
  await test.step('only the questions that still matter', async () => {
    while (keys < 8 && (await desk.locator('.plan').getAttribute('data-outcome')) === 'need-answers') {
      await press(desk, 'KeyA') // the likeliest answer has the first key
      await expect(desk.locator('[data-answered]')).toHaveCount(++keys)
    }
    await expect(desk.locator('.plan')).toHaveAttribute('data-outcome', 'proceed')
    await expect(desk.locator('.plan svg[data-shape=proceed]')).toBeVisible()
    await expect(desk.getByText('本日 受付できます')).toBeVisible()
    await picture(desk, '3-plan')
  })

  await test.step('根拠 of a line on one key', async () => {
    await press(desk, 'ArrowDown')
    await press(desk, 'Enter')
    await expect(desk.locator('.source:visible')).toContainText(/でできる主なお手続き.*行目/)
    await expect(desk.locator('.source:visible')).not.toContainText('.txt')
    await picture(desk, '4-source')
    await press(desk, 'Enter')
    await expect(desk.locator('.source:visible')).toHaveCount(0)
  })

  let number = ''
  await test.step('F9 prints: the PDF is there and can be read', async () => {
    await press(desk, 'F9')
    keys++
    const strip = desk.locator('.strip')
    await expect(strip).toContainText('作りました')
    const text = await strip.innerText()
    number = /受付番号 (\S+)/.exec(text)?.[1] ?? ''
    const file = (await strip.locator('p').getAttribute('title')) ?? ''
    await expect(strip).toHaveAttribute('data-kind', 'note') // nothing is on paper yet
    expect(text).toContain('まだ印刷していません')
    expect(text).not.toContain(file)
    expect(number).toMatch(/^SIM-/)
    expect(existsSync(file)).toBe(true)
    const words = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    expect(words).toContain('マイナンバーカード')
    expect(words).toContain(number)
    await picture(desk, '5-printed')
  })
  expect(keys, 'keystrokes from card to printed checklist').toBeLessThanOrEqual(6)

  await test.step('the preview works once an address', async () => {
    await press(desk, 'KeyM')
    const frame = desk.locator('iframe')
    await expect(frame).toBeVisible()
    const address = await frame.getAttribute('src')
    await expect(desk.locator('.preview .path')).toContainText('.pdf')
    await expect(desk.locator('.strip').getByRole('button', { name: '見る' })).toHaveCount(0)
    expect(address).toMatch(/^\/print\/[0-9a-f]{32}\.pdf$/)
    const again = await desk.evaluate(async (a) => (await fetch(a)).status, address ?? '')
    expect(again).toBe(404)
    await press(desk, 'Escape')
    await expect(frame).toHaveCount(0)
  })

  await test.step('no printer is chosen: the clerk says that it is on paper', async () => {
    await press(desk, 'KeyV')
    await expect(desk.locator('.strip')).toContainText('印刷しました')
  })

  await test.step('the history has the case with what was told', async () => {
    await press(desk, 'F12')
    await expect(desk.getByText('手続を数字のキーで選んでください')).toBeVisible()
    await press(desk, 'F3')
    await expect(desk.locator(`[data-case="${number}"]`)).toBeVisible()
    await picture(desk, '6-history')
    await press(desk, 'ArrowDown')
    await press(desk, 'Enter')
    await expect(desk.getByRole('heading', { name: `受付番号 ${number}` })).toBeVisible()
    await expect(desk.locator('.events')).toContainText('印刷しました')
    await expect(desk.locator('.case')).toContainText('本日 受付できます')
    await picture(desk, '7-case')
  })
})

lent('undo takes back one answer, and the last visitor after F12', async ({ desk }) => {
  await press(desk, 'Digit2')
  await press(desk, 'KeyQ')
  await press(desk, 'Backspace')
  await expect(desk.locator('[data-answered="visitor.kind"]')).toHaveCount(0)
  await expect(desk.locator('[data-answered=procedure]')).toBeVisible()
  await press(desk, 'F12')
  await expect(desk.getByText('手続を数字のキーで選んでください')).toBeVisible()
  await press(desk, 'Backspace')
  await expect(desk.locator('[data-answered=procedure]')).toBeVisible()
})
