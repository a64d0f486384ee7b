// A Japanese input method is on all day. What it takes is never a command: not
// the letters of a word that is being composed, not the keys that convert it
// (F7 is katakana, F10 half width, Enter takes the word), not a first key that
// arrives as "Process".

import { type CDPSession, type Page } from '@playwright/test'

import { expect, press, lent as test } from './program'

/** A key as an input method passes it on: the code is real, the rest is not. */
async function process(cdp: CDPSession, code: string, timestamp = Date.now() / 1000): Promise<void> {
  const key = { key: 'Process', code, windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229, timestamp }
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
}

/** Composes a word key by key without taking it. */
async function compose(cdp: CDPSession, keys: string[], word: string): Promise<void> {
  for (const [i, code] of keys.entries()) {
    await process(cdp, code)
    await new Promise((resolve) => setTimeout(resolve, 80)) // slower than a scanner
    const text = word.slice(0, i + 1)
    await cdp.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  }
}

async function seenKeys(page: Page): Promise<{ composing: number; unnamed: number }> {
  return page.evaluate(() => (window as unknown as { seen: { composing: number; unnamed: number } }).seen)
}

test('what an input method takes is never a command', async ({ desk, context }) => {
  const cdp = await context.newCDPSession(desk)
  await desk.evaluate(() => {
    const seen = { composing: 0, unnamed: 0 }
    ;(window as unknown as { seen: typeof seen }).seen = seen
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.isComposing) seen.composing++
        else if (event.keyCode === 229) seen.unnamed++
      },
      { capture: true },
    )
  })

  await test.step('the name on a letter', async () => {
    await press(desk, 'Digit3')
    await press(desk, 'KeyP')
    await press(desk, 'F10')
    const name = desk.getByLabel('お名前').first()
    await expect(name).toBeFocused()
    await compose(cdp, ['KeyM', 'KeyI', 'KeyH', 'KeyO'], 'みほん太')
    for (const key of ['F7', 'F10', 'F8', 'F3', 'F12', 'Escape', 'Backspace', 'Enter']) {
      await press(desk, key)
      await expect(name, key).toBeFocused({ timeout: 2000 })
    }
    await expect(name).toBeFocused()
    await expect(desk.getByRole('dialog')).toHaveCount(0)
    await expect(desk.locator('.letter')).toBeVisible()
    await expect(desk.locator('.strip')).toHaveCount(0)
    await cdp.send('Input.insertText', { text: '見本 太郎' })
    await expect(name).toHaveValue('見本 太郎')
    await press(desk, 'Enter')
    await expect(name).not.toBeFocused()
  })

  await test.step('papers, and a date', async () => {
    await press(desk, 'Escape')
    await expect(desk.locator('[data-answered]')).toHaveCount(2)
    await press(desk, 'F4')
    const field = desk.locator('#paper-search')
    await compose(cdp, ['KeyM', 'KeyE'], 'めん')
    await press(desk, 'Enter')
    await process(cdp, 'Enter')
    await process(cdp, 'Backspace')
    await expect(desk.locator('.taken li')).toHaveCount(0)
    await expect(field).toBeFocused()
    await cdp.send('Input.insertText', { text: '' })
    await field.fill('')
    await press(desk, 'Escape')
  })

  await test.step('where nothing is typed, the physical keys work with the input method on', async () => {
    await desk.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await process(cdp, 'KeyW')
    await expect(desk.locator('[data-answered="visitor.kind"]')).toContainText('親権者')
  })

  const seen = await seenKeys(desk)
  expect(seen.composing, 'keys while composing').toBeGreaterThan(8)
  expect(seen.unnamed, 'keys that the input method took').toBeGreaterThan(2)
})

test('a scanner is read with the input method on', async ({ desk, context }) => {
  await press(desk, 'Digit2')
  await press(desk, 'KeyQ')
  await press(desk, 'F8')
  const number = /SIM-\S+/.exec(await desk.locator('.strip').innerText())?.[0] ?? ''
  await press(desk, 'F12')
  await press(desk, 'F3')
  const cdp = await context.newCDPSession(desk)
  // Ten milliseconds apart by their own clock, however busy the machine is.
  const codes = [...number].map((c) => (c === '-' ? 'Minus' : /\d/.test(c) ? `Digit${c}` : `Key${c}`))
  const begun = Date.now() / 1000
  await Promise.all([...codes, 'Enter'].map((code, i) => process(cdp, code, begun + i / 100)))
  await expect(desk.locator('.strip')).toContainText(`${number} を開きました`)
})
