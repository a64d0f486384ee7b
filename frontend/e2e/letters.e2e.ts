// Letters from the queue to the post and back, the second visit, and what the rest
// of the office does with the same keyboard: history, rules, settings.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { type Page } from '@playwright/test'

import { axe } from './axe'
import { expect, picture, press, startProgram, test, scan } from './program'

const sizes = [
  { name: '1366', width: 1366, height: 768 },
  { name: '1920', width: 1920, height: 1080 },
]

/** The screen at both sizes, to be looked at; nothing is cut off sideways. */
async function looked(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize({ width: size.width, height: size.height })
    await picture(page, `office/${name}-${size.name}`)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(over, `${name} scrolls sideways at ${size.name}`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1366, height: 768 })
  await axe(page, name)
}

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
async function queueLetter(page: Page, name: string): Promise<string> {
  await press(page, 'Digit3')
  await press(page, 'KeyP')
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

test('letters wait, are made together, mailed, come back and are made again', async ({ desk }) => {
  test.setTimeout(120_000)
  await press(desk, 'F5')
  await expect(desk.getByText('この箱は空です')).toBeVisible()
  await looked(desk, 'letters-empty')
  await press(desk, 'Escape')
  const first = await queueLetter(desk, '架空 一郎')
  const second = await queueLetter(desk, '架空 𠮷男')

  await test.step('what to do is said where the day for the reply is missing', async () => {
    await press(desk, 'F5')
    await expect(desk.locator('.fault').first()).toContainText('期限の日を入力するか')
    await looked(desk, 'letters-fault')
    await desk.locator('#letters-until').fill('R8.12.22')
    await desk.locator('#letters-until').press('Tab')
    await expect(desk.locator('.fault')).toHaveCount(0)
    await expect(desk.locator('#letters-until')).toHaveValue(/2026年12月22日/)
  })

  await test.step('both are made with one key', async () => {
    await press(desk, 'KeyA')
    await expect(desk.locator('[data-letter][aria-pressed=true]')).toHaveCount(2)
    await looked(desk, 'letters-chosen')
    await press(desk, 'KeyD')
    await expect(desk.locator('.said')).toContainText('2通を作りました')
    await expect(desk.locator('.strip')).toContainText('照会書兼回答書・委任状 2通')
    await press(desk, 'Escape') // the preview
    await picture(desk, 'office/letters-made')
  })

  await test.step('both are marked as mailed, one as returned', async () => {
    await press(desk, 'Digit2')
    await expect(desk.locator('[data-letter]')).toHaveCount(2)
    await looked(desk, 'letters-to-mail')
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
    await expect(desk.locator(`[data-letter="${first}"]`)).toContainText('第1版')
    await press(desk, 'KeyA')
    await press(desk, 'KeyG')
    await expect(desk.locator('.said')).toContainText('1通を作りました')
    await press(desk, 'Escape')
    await press(desk, 'Digit2')
    await expect(desk.locator(`[data-letter="${first}"]`)).toContainText('第2版')
    await looked(desk, 'letters-again')
  })

  await test.step('the older letter is refused from any screen, the newer opens', async () => {
    await scan(desk, `${first}-1`)
    await expect(desk.locator('.strip[data-kind=problem]')).toContainText('作り直す前の古いもの')
    await looked(desk, 'letters-void')
    await press(desk, 'F11')
    await scan(desk, `${second}-1`)
    await expect(desk.locator('.person .name')).toHaveText('架空 𠮷男')
  })

  await test.step('sealed, complete, in time; compared, kept, opened, done', async () => {
    const current = desk.locator('.question.current')
    await expect(current).toHaveAttribute('data-question', 'letter.sealed')
    await expect(desk.locator('.person')).toContainText('まだ照合していません')
    await expect(desk.locator('.person')).toContainText('期限内')
    await expect(desk.locator('.person')).toContainText('例示 髙子')
    await looked(desk, 'second-visit-asking')
    await press(desk, 'KeyY')
    await expect(current).toHaveAttribute('data-question', 'letter.complete')
    await press(desk, 'KeyY')
    await press(desk, 'F1')
    await expect(desk.locator('.person')).toContainText('読み上げて照合しました')
    await looked(desk, 'second-visit-compared')
    await press(desk, 'F1')
    await press(desk, 'Enter')
    await expect(desk.locator('.strip')).toContainText('今日の来庁を記録しました')
    await expect(desk.locator('.person')).toContainText('2回目')
    for (const step of ['envelope-opened', 'done']) {
      await desk.locator(`[data-step="${step}"]`).press('Enter')
      await expect(desk.locator(`[data-step="${step}"]`)).toHaveCount(0)
    }
    await expect(desk.locator('.person .agreed')).toContainText('完了')
    await looked(desk, 'second-visit-done')
  })

  await test.step('the history tells it all in order', async () => {
    await press(desk, 'F3')
    await desk.locator(`[data-case="${second}"]`).press('Enter')
    await expect(desk.locator('.events li').last()).toContainText('完了')
    await expect(desk.locator('.events')).toContainText('郵送しました')
    await looked(desk, 'history-timeline')
    await press(desk, 'KeyP')
    await expect(desk.getByRole('heading', { name: '個人の情報の消去' })).toBeFocused()
    await expect(desk.locator('.case')).toContainText('365日')
    await looked(desk, 'history-purge')
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
    for (const code of [...[...text].map(codeOf), 'Enter']) {
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

test('any answer can be taken back, any question opened again, by keys alone', async ({ desk }) => {
  await press(desk, 'Digit2')
  await press(desk, 'KeyQ')
  await press(desk, 'KeyA')
  await expect(desk.locator('[data-answered]')).toHaveCount(3)
  await press(desk, 'ArrowLeft')
  await press(desk, 'ArrowUp')
  await press(desk, 'ArrowUp')
  await expect(desk.locator('[data-answered=procedure]')).toBeFocused()
  await press(desk, 'Enter')
  await expect(desk.locator('.question.current')).toHaveAttribute('data-question', 'procedure')
  await press(desk, 'Digit3')
  await expect(desk.locator('[data-answered=procedure]')).toContainText('再設定')
  await press(desk, 'Backspace') // the change is taken back, not the last answer
  await expect(desk.locator('[data-answered=procedure]')).toContainText('更新')
  await expect(desk.locator('[data-answered]')).toHaveCount(3)
  await press(desk, 'ArrowLeft')
  await press(desk, 'ArrowUp')
  await expect(desk.locator('[data-answered="visitor.kind"]')).toBeFocused()
  await press(desk, 'Delete')
  await expect(desk.locator('[data-answered="visitor.kind"]')).toHaveCount(0)
  await expect(desk.locator('[data-answered=procedure]')).toBeVisible()
  await press(desk, 'Backspace')
  await expect(desk.locator('[data-answered="visitor.kind"]')).toContainText('本人')
})

test('a paper is found by its sound, and one on no list is judged', async ({ desk }) => {
  await press(desk, 'F11')
  await press(desk, 'Digit3')
  await desk.locator('#setting-role').selectOption('administrator')
  await expect(desk.getByText('「役割」を変更しました')).toBeVisible()
  await desk.locator('#setting-municipality').selectOption('kasugai')
  await expect(desk.getByText('「判定表(自治体)」を変更しました')).toBeVisible()
  await press(desk, 'Escape')
  await press(desk, 'Digit3')
  await press(desk, 'KeyQ')
  await press(desk, 'F4')
  await expect(desk.getByRole('option').first()).toBeVisible()
  await desk.locator('#paper-search').fill('うんてんめんきょ')
  await expect(desk.getByRole('option').first()).toContainText('運転免許証')
  await looked(desk, 'papers-by-sound')
  await press(desk, 'Enter')
  await desk.locator('#paper-until').fill('R10.10.31')
  await press(desk, 'Enter')
  await expect(desk.locator('.taken li')).toContainText('2028年10月31日まで')
  await desk.locator('#paper-search').fill('一覧にない')
  await expect(desk.getByRole('option').first()).toContainText('とみなす')
})

test('the file for those who support the program is made in one key', async ({ desk, program }) => {
  await press(desk, 'F11')
  await press(desk, 'Digit5')
  await desk.locator('[data-action=diagnostics]').press('Enter')
  await expect(desk.locator('.sent')).toContainText('このファイルを担当へ送ってください')
  const file = /(\/\S+\.zip)/.exec(await desk.locator('.sent').innerText())?.[1] ?? ''
  expect(path.dirname(file)).toBe(path.join(program.data, 'simulation/diagnostics'))
  expect(existsSync(file)).toBe(true)
  await looked(desk, 'checkup-diagnostics')
})

test('rules: the sheet is seen, differences are told, a supervisor approves', async ({ desk }) => {
  test.setTimeout(90_000)
  await press(desk, 'F11')
  await press(desk, 'Digit2')
  await expect(desk.locator('table').first()).toBeVisible()
  await desk.locator('[data-approve]').click()
  await expect(desk.getByRole('alert')).toContainText('責任者か管理者が行います')
  await looked(desk, 'rules-clerk')
  await press(desk, 'Digit3')
  await desk.locator('#setting-operator').fill('例示')
  await desk.locator('#setting-operator').press('Tab')
  await expect(desk.getByText('「担当者」を変更しました')).toBeVisible()
  await desk.locator('#setting-role').selectOption('supervisor')
  await expect(desk.getByText('「役割」を変更しました')).toBeVisible()
  await looked(desk, 'settings-supervisor')
  await desk.locator('h2').first().click()
  await press(desk, 'Digit2')
  await desk.locator('[data-approve]').click()
  await expect(desk.locator('.work')).toContainText('例示 承認')
  await expect(desk.locator('header')).toContainText('承認済')
  await expect(desk.locator('[data-approve]')).toHaveCount(0)
  await desk.locator('#compared').selectOption('kagoshima-sheet')
  await expect(desk.locator('.changes')).toContainText('判断が変わる例')
  await desk.locator('.changes summary').first().click()
  await looked(desk, 'rules-differences')
  await desk.locator('[data-sheet]').click()
  await expect(desk.locator('iframe')).toBeVisible()
  await picture(desk, 'office/rules-sheet')
  await press(desk, 'Escape')
  await expect(desk.locator('iframe')).toHaveCount(0)
})

test("a policy's settings are shown as fixed", async ({ browser, program }) => {
  await program.stop()
  writeFileSync(path.join(program.data, 'policy.json'), '{"lockMinutes":1,"pinAttempts":false}')
  const again = await startProgram(program.data, ['--scenario', 'standard'])
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.goto(again.address)
    await expect(page.locator('.frame[data-ready]')).toBeVisible()
    await page.clock.install()
    await press(page, 'F11')
    await press(page, 'Digit3')
    await expect(page.locator('#setting-lockMinutes')).toBeDisabled()
    await expect(page.locator('#setting-pinAttempts')).toBeDisabled()
    await expect(page.locator('label[for=setting-lockMinutes]')).toContainText('管理者が固定')
    await picture(page, 'office/settings-policy')
    await page.close()
  } finally {
    await again.stop()
  }
})

test('a kill in the middle of a second visit brings case and person back', async ({
  desk,
  program,
  browser,
}) => {
  test.setTimeout(90_000)
  const number = await queueLetter(desk, '架空 一郎')
  await press(desk, 'F5')
  await desk.locator('#letters-until').fill('R8.12.22')
  await desk.locator('#letters-until').press('Tab')
  await expect(desk.locator('.fault')).toHaveCount(0)
  await press(desk, 'KeyA')
  await press(desk, 'KeyD')
  await expect(desk.locator('.said')).toContainText('1通を作りました')
  await press(desk, 'Escape')
  await press(desk, 'Digit2')
  await press(desk, 'KeyA')
  await press(desk, 'KeyD')
  await expect(desk.locator('.said')).toContainText('発送済み')
  await scan(desk, `${number}-1`)
  await expect(desk.locator('.person .name')).toHaveText('架空 一郎')
  await expect(desk.locator('.question.current')).toHaveAttribute('data-question', 'letter.sealed')
  await press(desk, 'KeyY')
  const draft = path.join(program.data, 'simulation/draft.json')
  await expect.poll(() => existsSync(draft) && readFileSync(draft, 'utf8')).toContain('letter.sealed')
  expect(readFileSync(draft, 'utf8')).not.toContain('架空')
  await desk.close()
  await program.stop()
  const again = await startProgram(program.data, ['--scenario', 'standard'])
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.goto(again.address)
    await expect(page.locator('.strip')).toContainText('途中だった受付を戻しました')
    await expect(page.locator('.strip')).toContainText('再設定')
    await expect(page.locator('.person .name')).toHaveText('架空 一郎')
    await expect(page.locator('[data-answered="letter.sealed"]')).toContainText('はい')
    await picture(page, 'office/second-visit-restored')
    await page.close()
  } finally {
    await again.stop()
  }
})
