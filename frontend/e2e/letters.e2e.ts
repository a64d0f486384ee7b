// Letters from the queue to the post and back, and the scanner that reads them,
// in every dress.

import { looks } from './looks'
import { dueBy, queueLetter } from './mailroom'
import { expect, picture, press, test, scan } from './program'

test('letters wait, are made together, mailed, come back and are made again', async ({ desk }) => {
  test.setTimeout(180_000)
  await press(desk, 'F5')
  await expect(desk.locator('.nothing')).toContainText('受付の F10 のあと F8')
  await expect(desk.locator('.keys')).not.toContainText('Space')
  await looks(desk, 'office/letters-empty')
  await press(desk, 'Escape')
  const first = await queueLetter(desk, '架空 一郎')
  const second = await queueLetter(desk, '架空 𠮷男')

  await test.step('what to do is said where the day for the reply is missing', async () => {
    await press(desk, 'F5')
    await expect(desk.locator('.fault').first()).toContainText('期限の日を入力するか')
    await expect(desk.locator('#letters-until')).toHaveAttribute('placeholder', '日付を入れてください')
    await looks(desk, 'office/letters-fault', { part: '.letters section' })
    await dueBy(desk, 'R8.12.22')
    await expect(desk.locator('#letters-until')).toHaveValue(/2026年12月22日/)
  })

  await test.step('both are made with one key', async () => {
    const chosen = desk.locator('[data-letter][aria-pressed=true]')
    await desk.locator('.open').first().focus()
    await press(desk, 'Space')
    await expect(chosen, 'Space chooses, on either button of a line').toHaveCount(1)
    await press(desk, 'ArrowDown')
    await press(desk, 'Space')
    await expect(chosen).toHaveCount(2)
    await press(desk, 'KeyA')
    await expect(chosen).toHaveCount(0)
    await press(desk, 'KeyA')
    await expect(chosen).toHaveCount(2)
    await looks(desk, 'office/letters-chosen', { part: '.letters section' })
    await press(desk, 'KeyD')
    await expect(desk.locator('.said')).toContainText('2通を作りました')
    await expect(desk.locator('.strip')).toContainText('照会書兼回答書・委任状 2通')
    await press(desk, 'Escape') // the preview
    await picture(desk, 'office/letters-made')
  })

  await test.step('both are marked as mailed, one as returned', async () => {
    await press(desk, 'Digit2')
    await expect(desk.locator('[data-letter]')).toHaveCount(2)
    await expect(desk.locator('[data-letter]').first()).toContainText('印刷の記録なし')
    await looks(desk, 'office/letters-to-mail', { part: '.letters section' })
    await press(desk, 'KeyA')
    await press(desk, 'KeyD')
    await expect(desk.locator('.said')).toContainText('2通を「発送済み」にしました')
    await press(desk, 'Digit3')
    await desk.locator(`[data-letter="${first}"]`).focus()
    await press(desk, 'KeyD')
    await expect(desk.locator('.said')).toContainText('1通を「返戻」にしました')
  })

  await test.step('the returned one is made again with the next version', async () => {
    await press(desk, 'Digit5')
    await expect(desk.locator(`[data-letter="${first}"]`)).toContainText('1通目')
    await press(desk, 'KeyA')
    await press(desk, 'KeyG')
    await expect(desk.locator('.said')).toContainText('1通を作りました')
    await press(desk, 'Escape')
    await press(desk, 'Digit2')
    await expect(desk.locator(`[data-letter="${first}"]`)).toContainText('2通目(作り直し)')
    await looks(desk, 'office/letters-again', { part: '.letters section' })
  })

  await test.step('the older letter is refused from any screen, the newer opens', async () => {
    await scan(desk, `${first}-1`)
    await expect(desk.locator('.strip[data-kind=problem]')).toContainText('作り直す前の古いもの')
    await looks(desk, 'office/letters-void', { part: '.strip' })
    await press(desk, 'F11')
    await scan(desk, `${second}-1`)
    await expect(desk.locator('.person .name')).toHaveText('架空 𠮷男')
  })
})

test('the scanner is understood with an input method on, and on a hidden screen', async ({ desk }) => {
  test.setTimeout(90_000)
  const number = await queueLetter(desk, '架空 一郎')
  await press(desk, 'F3')
  await desk.locator('#history-search').focus()
  // As Chromium reports keys that an input method takes: no character, code 229.
  const faults = await desk.evaluate(async (text) => {
    const field = document.querySelector<HTMLInputElement>('#history-search')
    if (!field) return 'no field'
    const codeOf = (c: string) => (c === '-' ? 'Minus' : /\d/.test(c) ? `Digit${c}` : `Key${c}`)
    const begun = performance.now()
    for (const [i, code] of [...[...text].map(codeOf), 'Enter'].entries()) {
      const where = document.activeElement ?? document.body
      const on = where === field
      const key = new KeyboardEvent('keydown', {
        code,
        key: on ? 'Process' : code.slice(-1),
        keyCode: on ? 229 : 0,
        isComposing: on,
        bubbles: true,
        cancelable: true,
      } as KeyboardEventInit)
      Object.defineProperty(key, 'timeStamp', { value: begun + 5 * i })
      where.dispatchEvent(key)
      if (on) {
        // The input method writes whatever becomes of the key.
        field.value += 'か'
        field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      }
    }
    return ''
  }, number)
  expect(faults).toBe('')
  await expect(desk.locator('.strip')).toContainText(`受付番号 ${number} を開きました`)
  await press(desk, 'F3')
  await expect(desk.locator('#history-search')).toHaveValue('')

  await test.step('letters typed while composing do nothing else', async () => {
    await press(desk, 'Escape')
    await press(desk, 'F12')
    const client = await desk.context().newCDPSession(desk)
    await press(desk, 'F3')
    await desk.locator('#history-search').focus()
    await client.send('Input.imeSetComposition', { text: 'かくう', selectionStart: 3, selectionEnd: 3 })
    await expect(desk.locator('#history-search')).toHaveValue('かくう')
    await client.send('Input.insertText', { text: '架空' })
    await expect(desk.locator('[data-case]')).toHaveCount(1)
    await picture(desk, 'office/history-search')
  })

  await test.step('on a hidden screen the first letter is not lost', async () => {
    await desk.clock.install()
    await press(desk, 'Escape') // from here on the minutes are counted anew
    await press(desk, 'F12')
    await expect(desk.locator('.person')).toHaveCount(0)
    await desk.clock.fastForward('03:00:00')
    await expect(desk.locator('.lock')).toBeVisible()
    await picture(desk, 'office/hidden')
    await scan(desk, number)
    await expect(desk.locator('.lock')).toHaveCount(0)
    await expect(desk.locator('.strip')).toContainText(`受付番号 ${number} を開きました`)
    await expect(desk.locator('.person .name')).toHaveText('架空 一郎')
  })
})
