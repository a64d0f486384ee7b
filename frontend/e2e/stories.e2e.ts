// Stories of the counter, played by keyboard against the real program.

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { type Page } from '@playwright/test'

import { looks } from './looks'
import { begun, expect, lent, picture, press, test, scan } from './program'

/** Counts what a clerk presses. */
class Hand {
  keys = 0
  constructor(readonly page: Page) {}

  async press(...codes: string[]): Promise<void> {
    for (const code of codes) {
      await press(this.page, code)
      this.keys++
    }
  }

  /** A name or an address is typed once; its letters are not counted. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text)
  }

  /** Answers the open questions as a person would, given the answers by key. */
  async answer(answers: Record<string, string>): Promise<void> {
    await begun(this.page)
    for (let round = 0; round < 15; round++) {
      const current = this.page.locator('.question.current')
      if ((await current.count()) === 0) return
      const key = (await current.getAttribute('data-question')) ?? ''
      const given = answers[key]
      if (given === undefined) throw new Error(`nobody says what to answer to ${key}`)
      await this.press(given)
      await expect(this.page.locator(`.question.current[data-question="${key}"]`)).toHaveCount(0)
    }
  }
}

test('PIN reset by an agent: a letter, then the second visit by the scanned code', async ({ desk }) => {
  const hand = new Hand(desk)
  await hand.press('Digit3', 'KeyP')
  await hand.answer({ 'card.kind': 'KeyA', 'card.state': 'KeyA', 'letter.state': 'KeyA', pins: 'KeyA' })
  await expect(desk.locator('.finished')).toContainText('F10 で照会書を作り、F9 でご案内を印刷します')
  await picture(desk, 'agent-1-plan')
  await hand.press('F10')
  await hand.type('架空 𠮷男')
  await hand.press('Enter')
  await hand.type('8920816')
  await hand.press('Enter')
  await hand.type('鹿児島市架空町1番2号\n見本ハイツ301')
  await hand.press('Tab')
  await hand.type('S25.2.3')
  await hand.press('Enter')
  await hand.type('例示 髙子')
  await hand.press('Enter')
  await hand.type('鹿児島市架空町3番4号')
  await hand.press('Tab')
  await hand.type('S55.4.5')
  await hand.press('Enter')
  await hand.type('長女')
  await hand.press('Enter')
  await hand.type('R8.12.22')
  await picture(desk, 'agent-2-letter')
  await hand.press('F10')
  await expect(desk.locator('.strip')).toContainText('照会書兼回答書・委任状を作りました')
  expect(hand.keys, 'keystrokes to a ready letter besides name and address').toBeLessThanOrEqual(25)
  const strip = await desk.locator('.strip').innerText()
  const number = /受付番号 (\S+)/.exec(strip)?.[1] ?? ''
  const file = (await desk.locator('.strip p').getAttribute('title')) ?? ''
  expect(existsSync(file)).toBe(true)
  const words = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  expect(words).toContain('例示 髙子')
  await picture(desk, 'agent-3-made')

  await test.step('the letter is mailed, and the office waits', async () => {
    await press(desk, 'F12')
    await press(desk, 'F3')
    await desk.locator('#history-list').selectOption('letter-made')
    await desk.locator(`[data-case="${number}"]`).press('Enter')
    await expect(desk.getByRole('heading', { name: `受付番号 ${number}` })).toBeFocused()
    await press(desk, 'KeyA')
    await press(desk, 'Enter')
    await expect(desk.locator('.case .state').first()).toContainText('発送済み')
    await desk.locator('[data-next="awaiting-reply"]').press('Enter')
    await expect(desk.locator('.case .state').first()).toContainText('回答待ち')
    await picture(desk, 'agent-4-history')
  })

  await test.step('the scanner reads the letter on any screen', async () => {
    await scan(desk, `${number}-1`)
    await expect(desk.locator('.person .name')).toHaveText('架空 𠮷男')
    await expect(desk.locator('.strip')).toContainText(number)
    await expect(desk.locator('.question.current')).toHaveAttribute('data-question', /^letter\./)
    await picture(desk, 'agent-5-second-visit')
    await press(desk, 'F6')
    await expect(desk.locator('.person')).not.toContainText('架空')
  })
})

lent('papers are ticked and the shortest way to what is missing is shown', async ({ desk }) => {
  const hand = new Hand(desk)
  await hand.press('Digit3', 'KeyW')
  await hand.answer({
    'card.kind': 'KeyA',
    'card.state': 'KeyA',
    pins: 'KeyA',
    'holder.birthDate': 'Slash',
    'visitor.holderPresent': 'KeyY',
    'holder.domicileInCity': 'KeyN',
    'visitor.sameHousehold': 'KeyN',
    'card.chipMatchesFace': 'KeyY',
    'letter.state': 'KeyA',
    'holder.guardianship': 'KeyA',
  })
  await hand.press('F4')
  await expect(desk.getByRole('option').first()).toBeVisible()
  await picture(desk, 'papers-1')
  await desk.keyboard.insertText('A書類')
  await hand.press('Enter')
  await expect(desk.locator('.taken li')).toHaveCount(1)
  await expect(desk.locator('.plan')).toContainText('あと')
  await picture(desk, 'papers-2')
  await hand.press('Escape')
  await expect(desk.locator('.papers')).toHaveCount(0)
})

lent("the holder's panel tells the format, shows nothing, and keeps nothing", async ({ desk, program }) => {
  const canary = 'KANARI77'
  await press(desk, 'F7')
  await press(desk, 'Digit1')
  await expect(desk.getByRole('heading', { name: '署名用 暗証番号' })).toBeVisible()
  const field = desk.getByLabel('署名用 暗証番号', { exact: true }).and(desk.locator('input'))
  await expect(field).toHaveAttribute('type', 'password')
  await desk.keyboard.type('KAN')
  await expect(desk.locator('#pin-check')).toContainText('あと3文字以上')
  await expect(desk.locator('#pin-check')).toContainText('数字が必要です')
  await desk.keyboard.type('ARI77')
  await expect(desk.locator('#pin-check')).toContainText('文字の種類は合っています')
  await press(desk, 'Escape')
  await press(desk, 'Escape')
  await expect(desk.getByRole('dialog')).toHaveCount(0)
  const stored = await desk.evaluate(
    () =>
      JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.body.innerHTML,
  )
  expect(stored).not.toContain(canary)
  expect(program.output()).not.toContain(canary)
  expect(filesWith(program.data, canary)).toEqual([])
})

lent('any answer can be taken back, any question opened again, by keys alone', async ({ desk }) => {
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
  await looks(desk, 'office/papers-by-sound', { part: '.papers' })
  await press(desk, 'Enter')
  await desk.locator('#paper-until').fill('R10.10.31')
  await press(desk, 'Enter')
  await expect(desk.locator('.taken li')).toContainText('2028年10月31日まで')
  await desk.locator('#paper-search').fill('一覧にない')
  await expect(desk.getByRole('option').first()).toContainText('とみなす')
})

test('a draft survives a kill, without the person', async ({ desk, program, again }) => {
  const draft = path.join(program.data, 'simulation/draft.json')
  const kept = () => (existsSync(draft) ? readFileSync(draft, 'utf8') : '')
  // The program's own window comes up meanwhile, on a display that nobody sees, with
  // an empty desk: it may clear the draft once.
  await expect(async () => {
    await press(desk, 'F12')
    await press(desk, 'Digit2')
    await press(desk, 'KeyW')
    await expect.poll(kept, { timeout: 2_000 }).toContain('parent')
    await desk.waitForTimeout(500)
    expect(kept()).toContain('parent')
  }).toPass()
  await expect(desk.locator('[data-answered="visitor.kind"]')).toBeVisible()
  const page = await again()
  await expect(page.locator('.strip')).toContainText('途中だった受付を戻しました')
  await expect(page.locator('.strip')).toContainText(
    /手続 .+、来庁者 親権者 ・ 生年月日とお名前は保存していません/,
  )
  await expect(page.locator('[data-answered="visitor.kind"]')).toContainText('親権者')
  await looks(page, 'office/draft-restored', { part: '.strip' })
})

test('a setting is stored, and training is entered on another card', async ({ desk }) => {
  await press(desk, 'F11')
  await press(desk, 'Digit3')
  await desk.locator('#setting-operator').fill('例示')
  await desk.locator('#setting-operator').press('Tab')
  await expect(desk.getByText('「担当者」を変更しました')).toBeVisible()
  await expect(desk.locator('header')).toContainText('担当 例示')
  await desk.locator('h2').first().click()
  await press(desk, 'Digit4')
  const locked = desk.locator('[data-scenario*="locked"]').first()
  await expect(locked).toBeVisible()
  await locked.press('Enter')
  await expect(desk.locator('[data-pin][data-state=locked]').first()).toContainText('ロック')
  await expect(desk.locator('header')).toContainText('訓練')
  await picture(desk, 'training-locked')
})

test.describe('when something is wrong', () => {
  test.use({ args: ['--scenario', 'nothing-of-that-name'] })
  test('an unknown scenario is a problem with what to do', async ({ page, program }) => {
    await page.goto(program.address)
    const failed = page.getByRole('alert')
    await expect(failed).toBeVisible()
    await expect(failed).toContainText('お問い合わせの番号')
    // It names the administrators' program; there is nothing to walk to.
    await looks(page, 'states/problem-start', { words: [/^(drill|list)$/], walked: false })
  })
})

lent('the page obeys its content policy', async ({ desk }) => {
  const { tries, refusals } = await desk.evaluate(async () => {
    const refusals: string[] = []
    document.addEventListener('securitypolicyviolation', (refused) => {
      refusals.push(`${refused.effectiveDirective} ${refused.blockedURI}`)
    })
    const tries: Record<string, boolean> = {}
    const script = document.createElement('script')
    script.textContent = 'window.intruder = true'
    document.body.append(script)
    tries['inline script'] = 'intruder' in window
    // Later, because a browser lets the debugger itself evaluate.
    tries['eval'] = await new Promise<boolean>((resolve) =>
      setTimeout(() => {
        try {
          resolve(new Function('return true')() as boolean)
        } catch {
          resolve(false)
        }
      }),
    )
    try {
      await fetch('https://example.com/')
      tries['fetch'] = true
    } catch {
      tries['fetch'] = false
    }
    await new Promise((told) => setTimeout(told, 50)) // refusals are told as tasks
    return { tries, refusals }
  })
  expect(tries).toEqual({ 'inline script': false, eval: false, fetch: false })
  // Without a network nothing is fetched anyway: it is the policy that has to refuse.
  expect(refusals).toEqual([
    'script-src-elem inline',
    'script-src eval',
    expect.stringMatching(/^connect-src https:\/\/example\.com/),
  ])
})

/** Files of a folder that hold a text in UTF-8 or UTF-16. */
function filesWith(folder: string, text: string): string[] {
  const needles = [Buffer.from(text), Buffer.from(text, 'utf16le')]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => needles.some((needle) => readFileSync(file).includes(needle)))
}
