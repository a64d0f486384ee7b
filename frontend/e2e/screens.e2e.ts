// Every screen that the other tests do not come by, in every dress: the desk and
// what opens on it, the history, the rest of the office, the hidden screen.

import { userInfo } from 'node:os'

import { type Page } from '@playwright/test'

import { looks, type Particulars } from './looks'
import { say } from './say'
import { expect, lent, press, test } from './program'

interface Screen extends Particulars {
  name: string
  open: (page: Page) => Promise<void>
}

/** Presses keys one after the other. */
const keys =
  (...codes: string[]) =>
  async (page: Page) => {
    for (const code of codes) await press(page, code)
  }

/** Goes from screen to screen and looks at each. */
async function tour(page: Page, screens: Screen[]): Promise<void> {
  for (const { name, open, ...particulars } of screens) {
    await test.step(name, async () => {
      await open(page)
      await looks(page, `screens/${name}`, particulars)
    })
  }
}

lent('the desk, and what opens on it', async ({ desk }) => {
  test.setTimeout(180_000)
  await tour(desk, [
    { name: 'desk-empty', open: async () => {} },
    { name: 'desk-asking', open: keys('Digit3', 'KeyW') },
    {
      name: 'desk-not-known',
      part: '.questions',
      open: async (page) => {
        await keys('Slash', 'Slash')(page)
        await expect(page.getByRole('heading', { name: '分からないままの質問' })).toBeVisible()
      },
    },
    {
      name: 'desk-finished',
      open: async (page) => {
        await keys('F12', 'Digit2', 'KeyQ', 'KeyA', 'KeyA')(page)
        await expect(page.locator('.finished')).toBeVisible()
      },
    },
    {
      name: 'desk-source',
      part: '.plan',
      open: async (page) => {
        await keys('ArrowDown', 'Enter')(page)
        await expect(page.locator('.source:visible')).toBeVisible()
      },
    },
    { name: 'papers', open: keys('F12', 'Digit3', 'KeyW', 'F4') },
    { name: 'find', open: keys('F2') },
    {
      name: 'find-refused',
      part: '.strip',
      open: async (page) => {
        await page.locator('#case-number').fill('KG26-00001X')
        await press(page, 'Enter')
        await expect(page.locator('.strip[data-kind=problem]')).toBeVisible()
      },
    },
    { name: 'pin-kinds', open: keys('Escape', 'Escape', 'F7') },
    { name: 'pin-entry', open: keys('Digit1', 'Shift+KeyA', 'Digit1') },
    {
      name: 'pin-digits',
      part: '.panel',
      open: keys('Escape', 'Digit2', 'Digit1', 'Digit2', 'Digit3', 'Digit4'),
    },
    { name: 'letter', open: keys('Escape', 'Escape', 'F12', 'Digit3', 'KeyP', 'F10') },
    {
      name: 'letter-refused',
      part: '.letter',
      open: async (page) => {
        await page.locator('#holder-birth').fill('きのう')
        await press(page, 'F10')
        await expect(page.locator('.letter .problem')).toContainText('日付として読めません')
      },
    },
    {
      name: 'no-answer',
      part: '.right',
      open: async (page) => {
        const reject = {
          code: 'history-disk',
          title: 'ディスクの読み書きでエラーが起きました',
          action: '操作をやり直し、続くときは管理担当に連絡してください',
          ref: 'H-100',
        }
        await keys('Escape', 'F12')(page)
        await say(page, 'Desk', 'Decide', { reject })
        await press(page, 'Digit2')
        await expect(page.locator('.right [role=alert]')).toBeVisible()
        await expect(page.locator('.plan')).toHaveCount(0) // an older answer would be taken for this one
      },
    },
    {
      name: 'hidden',
      walked: false, // any key brings the screen back
      open: async (page) => {
        await page.clock.install()
        await press(page, 'F6') // from here on the minutes are counted anew
        await page.clock.fastForward('03:00:00')
        await expect(page.locator('.lock')).toBeVisible()
      },
    },
  ])
})

const lines = ['SIM-KG26-000017', 'SIM-KG26-000025'].map((caseNumber) => ({
  caseNumber,
  state: 'done',
  stateWords: '完了',
  procedure: '暗証番号の再設定',
  opened: '2025年10月1日',
  replyBy: '',
  overdue: false,
  due: '',
}))
const nothingDue = { words: '', days: 365, held: 12, people: 0, due: [], stale: [], allowed: true }

/** Opens the purge, for which the program answers with these cases. */
const purge = (answer: object) => async (page: Page) => {
  await say(page, 'Retention', 'Preview', { whole: { ...nothingDue, ...answer } })
  await keys('F11', 'F3')(page)
  await page.locator('[data-purge-panel]').press('Enter')
  await expect(page.getByRole('heading', { name: '個人の情報の消去' })).toBeFocused()
}

test('the history, the purge, and a paper that is looked at', async ({ desk }) => {
  test.setTimeout(180_000)
  const names = [new RegExp(`^${userInfo().username}$`)] // where the office named no operator
  await tour(desk, [
    { name: 'history-empty', open: keys('F3') },
    {
      name: 'preview',
      open: async (page) => {
        await keys('Escape', 'Digit3', 'KeyP', 'F9')(page)
        await expect(page.locator('.strip')).toContainText('SIM-')
        await press(page, 'KeyM')
        await expect(page.locator('iframe')).toBeVisible()
      },
    },
  ])

  await test.step('the viewer does not keep the keys', async () => {
    const focused = () => desk.evaluate(() => document.activeElement?.tagName)
    const frame = desk.locator('iframe')
    expect(
      await frame.evaluate((e) => {
        e.focus()
        return document.activeElement?.tagName
      }),
      'the frame can have the focus',
    ).toBe('IFRAME')
    await expect.poll(focused, { message: 'it gives it back' }).not.toBe('IFRAME')
    await frame.click()
    await expect.poll(focused, { message: 'after a click, too' }).not.toBe('IFRAME')
    await press(desk, 'Escape')
    await expect(frame).toHaveCount(0)
  })

  await tour(desk, [
    {
      name: 'history-full',
      words: names,
      open: async (page) => {
        await keys('F12', 'F3')(page)
        await expect(page.locator('[data-case]')).toHaveCount(1)
        await keys('ArrowDown', 'Enter')(page)
        await expect(page.locator('.events')).toBeVisible()
      },
    },
    { name: 'history-elsewhere', part: '.strip', words: names, open: keys('F9') },
    {
      name: 'history-not-found',
      part: '.list',
      words: names,
      open: async (page) => {
        await page.locator('#history-search').fill('架空')
        await expect(page.locator('.nothing')).toContainText('見つかりません')
        await expect(page.locator('[data-next]'), 'no other case can be changed').toHaveCount(0)
      },
    },
    {
      name: 'history-list-empty',
      part: '.list',
      words: names,
      open: async (page) => {
        await page.locator('#history-search').fill('')
        await page.locator('[data-case]').press('Enter')
        await expect(page.locator('.events')).toBeVisible()
        await page.locator('#history-list').selectOption('letter-made')
        await expect(page.locator('.nothing')).toContainText('この一覧に当てはまる受付はありません')
        await expect(page.locator('[data-next]')).toHaveCount(0)
      },
    },
    { name: 'purge-nothing', part: '.case', open: purge({}) },
    { name: 'purge-not-allowed', part: '.case', open: purge({ people: 2, due: lines, allowed: false }) },
    {
      name: 'purge-sure',
      part: '.case',
      open: async (page) => {
        await purge({ people: 2, due: lines, stale: lines })(page)
        await page.locator('[data-purge=ask]').press('Enter')
        await expect(page.locator('.sure')).toBeVisible()
        await expect(page.locator('[data-purge=no]')).toBeFocused()
      },
    },
    {
      name: 'purge-done',
      part: '.case',
      open: async (page) => {
        const words = '2件・2人分の個人の情報を消しました'
        await say(page, 'Retention', 'Purge', { whole: { ...nothingDue, words } })
        await page.locator('[data-purge=yes]').press('Enter')
        await expect(page.locator('.done')).toContainText(words)
        await expect(page.locator('.done')).toBeFocused()
      },
    },
  ])
})

lent('the rest of the office', async ({ desk }) => {
  test.setTimeout(180_000)
  await tour(desk, [
    { name: 'office-keys', open: keys('F11') },
    { name: 'office-settings', open: keys('Digit3') },
    { name: 'office-training', open: keys('Digit4') },
    { name: 'office-checkup', words: [/^(Simulated|Reader)$/], open: keys('Digit5') },
  ])
})
