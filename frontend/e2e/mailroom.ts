// Letters on their way, as the tests need them at their beginning.

import { type Page } from '@playwright/test'

import { begun, expect, press } from './program'

/** Answers every open question with its first key; a date is not known. */
async function answerAll(page: Page): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const current = page.locator('.question.current')
    if ((await current.count()) === 0) return
    const key = (await current.getAttribute('data-question')) ?? ''
    const cap = (await current.locator('kbd').first().innerText()).trim()
    await press(page, cap === '/' ? 'Slash' : `Key${cap}`)
    await expect(page.locator(`.question.current[data-question="${key}"]`)).toHaveCount(0)
  }
}

/** An agent's first visit whose letter waits to be made with others. */
export async function queueLetter(page: Page, name: string): Promise<string> {
  await press(page, 'Digit3')
  await press(page, 'KeyP')
  await begun(page)
  await answerAll(page)
  await press(page, 'F10')
  await page.locator('#holder-name').fill(name)
  await page.locator('#holder-postcode').fill('8920816')
  await page.locator('#holder-address').fill('鹿児島市架空町1番2号')
  await page.locator('#holder-birth').fill('S25.2.3')
  await page.locator('#agent-name').fill('例示 髙子')
  await press(page, 'F8')
  await expect(page.locator('.strip')).toContainText('あとでまとめて作ります')
  const number = /受付番号 (\S+)/.exec(await page.locator('.strip').innerText())?.[1] ?? ''
  expect(number).toMatch(/^SIM-/)
  await press(page, 'F12')
  return number
}

/** The day by which letters that are made now are to come back. */
export async function dueBy(page: Page, typed: string): Promise<void> {
  await page.locator('#letters-until').fill(typed)
  await page.locator('#letters-until').press('Tab')
  await expect(page.locator('.fault')).toHaveCount(0)
}

/** Makes and mails whatever waits to be made. */
export async function mailAll(page: Page): Promise<void> {
  await press(page, 'F5')
  await dueBy(page, 'R8.12.22')
  await press(page, 'KeyA')
  await press(page, 'KeyD')
  await expect(page.locator('.said')).toContainText('通を作りました')
  await press(page, 'Escape') // the preview
  await press(page, 'Digit2')
  await press(page, 'KeyA')
  await press(page, 'KeyD')
  await expect(page.locator('.said')).toContainText('発送済み')
}
