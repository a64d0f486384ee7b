// What the frame does around the screens: whose keys act where, what Esc closes,
// what stays in sight.

import { type Page } from '@playwright/test'

import { expect, picture, press, lent, test } from './program'

const strip = (page: Page) => page.locator('.strip')
const bar = (page: Page) => page.getByRole('navigation', { name: 'キー' })
const caps = (page: Page) => bar(page).locator('kbd').allInnerTexts()

/** Renewal by the holder, all questions answered. */
async function renewal(page: Page): Promise<void> {
  for (const key of ['Digit2', 'KeyQ', 'KeyA', 'KeyA']) await press(page, key)
  await expect(page.locator('.finished')).toBeVisible()
}

test('a key for the visitor at the desk does nothing where the desk is not seen', async ({ desk }) => {
  await renewal(desk)
  for (const screen of ['F3', 'F5', 'F11']) {
    await press(desk, screen)
    expect(await caps(desk), screen).toEqual(['F2', 'F3', 'F5', 'F7', 'F11', 'F12', 'Esc'])
    for (const key of ['F4', 'F8', 'F9', 'Shift+F9', 'F10']) {
      await press(desk, key)
      await expect(strip(desk), key).toContainText('受付の画面で使うキーです')
      await expect(desk.locator('main.desk'), key).toHaveCount(0)
    }
    await press(desk, 'Escape')
    await expect(desk.locator('.finished')).toBeVisible()
    await expect(strip(desk)).toHaveCount(0)
  }
  await press(desk, 'F3')
  await expect(desk.getByText('まだ受付はありません')).toBeVisible()
})

lent('the letter: its keys, what was typed, a day that is none', async ({ desk }) => {
  const name = desk.locator('#holder-name')
  await press(desk, 'Digit3')
  await press(desk, 'KeyP')
  await press(desk, 'F10')
  await expect(desk.locator('.letter .notice')).toContainText('まだ質問が残っています')
  expect(await caps(desk)).toEqual(['F2', 'F3', 'F4', 'F5', 'F7', 'F9', 'F11', 'F12', 'Esc'])
  for (const size of [
    { width: 1366, height: 768 },
    { width: 1920, height: 1080 },
  ]) {
    await desk.setViewportSize(size)
    await expect(desk.getByRole('button', { name: 'F10 照会書を作る' })).toBeInViewport({ ratio: 1 })
  }
  await desk.setViewportSize({ width: 1366, height: 768 })

  await name.fill('見本 太郎')
  for (const [there, back] of [
    ['F2', 'F10'],
    ['F5', 'Escape F10'],
  ] as const) {
    await press(desk, there)
    await expect(name).toHaveCount(0)
    for (const key of back.split(' ')) await press(desk, key)
    await expect(name).toHaveValue('見本 太郎')
  }

  const day = desk.locator('#reply-by')
  await day.fill('あした')
  await name.focus()
  await press(desk, 'F10')
  await expect(day).toBeFocused()
  await expect(day).toHaveAttribute('aria-invalid', 'true')
  await expect(desk.locator('.letter .problem')).toBeInViewport({ ratio: 1 })
  await picture(desk, 'frame/letter-day')

  await press(desk, 'F12')
  await expect(desk.getByText('手続を数字のキーで選んでください')).toBeVisible()
  await press(desk, 'Digit3')
  await press(desk, 'KeyP')
  await press(desk, 'F10')
  await expect(name).toHaveValue('')
})

lent('a letter that the plan does not need is made only after a word', async ({ desk }) => {
  await renewal(desk)
  await press(desk, 'F10')
  await expect(desk.locator('.letter .notice')).toContainText('照会書の作成・郵送はありません')
  await picture(desk, 'frame/letter-not-needed')
})

lent('what went wrong is closed before the panel, and the panel keeps what was typed', async ({ desk }) => {
  await press(desk, 'F2')
  await desk.locator('#case-number').fill('KG26-00001X')
  await press(desk, 'Enter')
  await expect(strip(desk)).toHaveAttribute('data-kind', 'problem')
  await press(desk, 'Escape')
  await expect(strip(desk)).toHaveCount(0)
  await expect(desk.locator('#case-number')).toHaveValue('KG26-00001X')
  await press(desk, 'Escape')
  await expect(desk.locator('#case-number')).toHaveCount(0)
})

lent('a preview leaves header, strip and bar their room, and goes with the next panel', async ({ desk }) => {
  await renewal(desk)
  await press(desk, 'F9')
  await expect(strip(desk)).toContainText('まだ印刷していません')
  await press(desk, 'KeyM')
  const preview = desk.locator('main.preview')
  for (const size of [
    { width: 1366, height: 768 },
    { width: 1024, height: 768 },
    { width: 1920, height: 1080 },
  ]) {
    await desk.setViewportSize(size)
    const box = (await preview.boundingBox()) ?? { y: 0, height: 0 }
    const header = (await desk.locator('header').boundingBox()) ?? { y: 0, height: 0 }
    const below = (await strip(desk).boundingBox()) ?? { y: 0 }
    expect(box.y, 'below the header').toBeGreaterThanOrEqual(header.y + header.height)
    expect(box.y + box.height, 'above the strip').toBeLessThanOrEqual(below.y)
  }
  await desk.setViewportSize({ width: 1366, height: 768 })
  await press(desk, 'F4')
  await expect(preview).toHaveCount(0)
  await expect(desk.locator('#paper-search')).toBeFocused()
})

lent('that this is training stays in sight at 200 %, and on a hidden screen', async ({ desk }) => {
  await desk.setViewportSize({ width: 683, height: 384 })
  await press(desk, 'Digit2')
  await desk.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  const training = desk.getByRole('complementary', { name: '訓練中' })
  await expect(training).toBeInViewport({ ratio: 1 })
  await picture(desk, 'frame/training-200percent')
  await desk.setViewportSize({ width: 1366, height: 768 })
  await expect(desk.locator('header .training')).toBeVisible()
  await expect(training).toBeHidden()
  await desk.clock.install()
  await press(desk, 'F6') // from here on the minutes are counted anew
  await desk.clock.fastForward('03:00:00')
  await expect(desk.locator('.lock')).toContainText('訓練')
})
