// A made-up resident and made-up PINs go through a day in a browser that keeps a
// profile. Afterwards everything that was written is searched for them: the data
// folder, the program's words, the page, web storage, the whole profile.

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

import { chromium, type Page } from '@playwright/test'

import { expect, press, results, test } from './program'

const resident = {
  name: '架空 金糸雀',
  postcode: '8990099',
  address: 'かなりあ架空町9番9号',
  birth: 'S22.3.19',
  day: '1947-03-19',
}
const agent = { name: '例示 小鳥', address: 'かごの架空町8番8号' }
const pins = { signature: 'KANARI77', 'user-identification': '4951' }
// Four digits are also somewhere by chance; they are looked for in the page and in
// what the program says, the others everywhere.
const canaries = [
  resident.name,
  resident.address,
  resident.birth,
  resident.day,
  agent.name,
  agent.address,
  pins.signature,
]

/** The ways in which a text can lie in a file. */
function spellings(text: string): Buffer[] {
  const little = Buffer.from(text, 'utf16le')
  const plain = [Buffer.from(text), little, Buffer.from(little).swap16()]
  return plain.flatMap((b) => [
    b,
    Buffer.from(b.toString('hex')),
    Buffer.from(b.toString('hex').toUpperCase()),
  ])
}

function held(data: Buffer): string[] {
  return canaries.filter((text) => spellings(text).some((spelling) => data.includes(spelling)))
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

test('a day leaves no trace of the resident', async ({ program }) => {
  test.setTimeout(120_000)
  const profile = path.join(results, 'profile')
  rmSync(profile, { recursive: true, force: true })
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['MADOGUCHI_CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-gpu'],
    viewport: { width: 1366, height: 768 },
    locale: 'ja-JP',
  })
  const logged: string[] = []
  const page = browser.pages()[0] ?? (await browser.newPage())
  page.on('console', (message) => logged.push(message.text()))
  await page.goto(program.address)
  await expect(page.locator('.frame[data-ready]')).toBeVisible()

  await test.step('both kinds of PIN', async () => {
    for (const [kind, pin] of [
      ['Digit1', pins.signature],
      ['Digit2', pins['user-identification']],
    ] as const) {
      await press(page, 'F7')
      await press(page, kind)
      await page.keyboard.type(pin)
      await expect(page.locator('#pin-check')).toContainText('文字の種類は合っています')
      await press(page, 'Escape')
      await press(page, 'Escape')
    }
  })

  await test.step('a letter with the resident and the agent', async () => {
    await press(page, 'Digit3')
    await press(page, 'KeyP')
    await press(page, 'F10')
    for (const [label, text] of [
      ['#holder-name', resident.name],
      ['#holder-postcode', resident.postcode],
      ['#holder-address', resident.address],
      ['#holder-birth', resident.birth],
      ['#agent-name', agent.name],
      ['#agent-address', agent.address],
      ['#agent-birth', 'S50.5.5'],
      ['#agent-relation', '子'],
      ['#reply-by', 'R9.1.22'],
    ] as const) {
      await page.locator(label).fill(text)
    }
    await press(page, 'F10')
    await expect(page.locator('.strip')).toContainText('SIM-')
  })

  await test.step('looked at, searched for, taken up again', async () => {
    await press(page, 'KeyM')
    await expect(page.locator('iframe')).toBeVisible()
    await page.waitForTimeout(500)
    await press(page, 'Escape')
    await press(page, 'F12')
    await press(page, 'F3')
    await page.locator('#history-search').fill('金糸雀')
    await expect(page.locator('[data-case]')).toHaveCount(1)
    await page.locator('[data-case]').press('Enter')
    await expect(page.locator('.case')).toContainText(resident.name)
    await press(page, 'Escape')
    await press(page, 'F12')
  })

  const left = await storage(page)
  expect(held(Buffer.from(left)), 'in the page and its storage').toEqual([])
  expect(left).not.toContain(pins['user-identification'])
  await browser.close()
  await program.stop()

  const said = program.output() + logged.join('\n')
  expect(held(Buffer.from(said)), 'said').toEqual([])
  expect(said).not.toContain(pins['user-identification'])
  const files = [...filesOf(program.data), ...filesOf(profile)]
  expect(files.length, 'files searched').toBeGreaterThan(30)
  const found = files.flatMap((file) => held(readFileSync(file)).map((what) => `${file} holds ${what}`))
  expect(found).toEqual([])
  const sure = Buffer.concat([Buffer.from('x'), Buffer.from(resident.name, 'utf16le')])
  expect(held(sure), 'the search itself').toEqual([resident.name])
})

/** Everything a page keeps: what it shows, its storages, its databases and caches. */
async function storage(page: Page): Promise<string> {
  return page.evaluate(async () =>
    JSON.stringify([
      document.documentElement.outerHTML,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      await indexedDB.databases(),
      'caches' in window ? await caches.keys() : [],
      location.href,
      history.length,
    ]),
  )
}
