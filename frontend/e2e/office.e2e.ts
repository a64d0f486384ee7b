// What the office does besides cases, in every dress: rules and their approval,
// settings and who may change them, the file for support.

import { existsSync } from 'node:fs'
import path from 'node:path'

import { looks } from './looks'
import { expect, picture, press, test } from './program'

/** What the pages of rules say is in the words of their sources. */
const sources = [/./]

test('rules: the sheet is seen, differences are told, a supervisor approves', async ({ desk }) => {
  test.setTimeout(180_000)
  await press(desk, 'F11')
  await press(desk, 'Digit2')
  await expect(desk.locator('table').first()).toBeVisible()
  await desk.locator('[data-approve]').click()
  await expect(desk.getByRole('alert')).toContainText('責任者か管理者が行います')
  await looks(desk, 'office/rules-clerk', { words: sources })
  await press(desk, 'Digit3')
  await expect(desk.locator('.body')).toContainText('入力できない項目は、今の役割では変えられません')
  await expect(desk.locator('li:has(#setting-operator)')).toContainText('未設定')
  await desk.locator('#setting-operator').fill('例示')
  await desk.locator('#setting-operator').press('Tab')
  await expect(desk.getByText('「担当者」を変更しました')).toBeVisible()
  await desk.locator('#setting-role').selectOption('supervisor')
  await expect(desk.getByText('「役割」を変更しました')).toBeVisible()
  await looks(desk, 'office/settings-supervisor', { part: '.body' })
  await desk.locator('h2').first().click()
  await press(desk, 'Digit2')
  await desk.locator('[data-approve]').click()
  await expect(desk.locator('.work')).toContainText('例示 承認')
  await expect(desk.locator('header')).toContainText('承認済')
  await expect(desk.locator('[data-approve]')).toHaveCount(0)
  await desk.locator('#compared').selectOption('kagoshima-sheet')
  await expect(desk.locator('.changes')).toContainText('判断が変わる例')
  await desk.locator('.changes summary').first().click()
  await expect(desk.locator('.changes th').first()).toBeVisible()
  await looks(desk, 'office/rules-differences', { part: '.changes', words: sources })
  await desk.locator('[data-sheet]').click()
  await expect(desk.locator('iframe')).toBeVisible()
  await picture(desk, 'office/rules-sheet')
  await press(desk, 'Escape')
  await expect(desk.locator('iframe')).toHaveCount(0)
})

test.describe('under a policy', () => {
  test.use({
    given: { 'policy.json': { lockMinutes: 1, pinAttempts: false, printer: '受付1', role: 'clerk' } },
  })
  test("a policy's settings are shown as fixed", async ({ desk }) => {
    await press(desk, 'F11')
    await press(desk, 'Digit3')
    for (const fixed of ['lockMinutes', 'pinAttempts', 'printer', 'role']) {
      await expect(desk.locator(`#setting-${fixed}`)).toBeDisabled()
      await expect(desk.locator(`label[for=setting-${fixed}]`)).toContainText('管理者が固定')
    }
    await looks(desk, 'office/settings-policy', { part: '.body' })
  })
})

test('the file for those who support the program is made in one key', async ({ desk, program }) => {
  await press(desk, 'F11')
  await press(desk, 'Digit5')
  await desk.locator('[data-action=diagnostics]').press('Enter')
  await expect(desk.locator('.sent')).toContainText('このファイルを担当へ送ってください')
  const file = /(\/\S+\.zip)/.exec(await desk.locator('.sent').innerText())?.[1] ?? ''
  expect(path.dirname(file)).toBe(path.join(program.data, 'simulation/diagnostics'))
  expect(existsSync(file)).toBe(true)
  await looks(desk, 'office/checkup-diagnostics', {
    part: '[aria-labelledby=support]',
    words: [/^(Simulated|Reader)$/],
  })
})
