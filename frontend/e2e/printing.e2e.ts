// Printing from the window: a printer that prints, one that refuses, one that does
// not tell. The printing system is a recorded lp and a service that answers how a
// job stands.

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { type Page } from '@playwright/test'

import { expect, picture, press, scan, test as base } from './program'

const states = { pending: 3, canceled: 7, completed: 9 }

/** A printing system: what it was asked to print, and how its jobs stand. */
class PrintingSystem {
  state: number = states.completed
  readonly bin = mkdtempSync(path.join(tmpdir(), 'madoguchi-lp-'))
  #server: Server | undefined
  port = 0

  async start(): Promise<void> {
    this.#write(
      'lp',
      'echo "$@" >>"$0.args"\ntest -e "$0.refuses" || { echo "request id is office-1 (1 file(s))"; exit 0; }\necho "lp: Error - The printer or class does not exist." >&2; exit 1',
    )
    this.#write(
      'lpstat',
      'case "$*" in *-r*) echo scheduler is running ;; *-e*) echo office ;; *) echo "printer office is idle." ;; esac',
    )
    this.#write('cancel', 'echo "$@" >>"$0.args"')
    this.#server = createServer((ask, answer) => {
      ask.resume()
      answer.end(this.#job())
    })
    await new Promise<void>((ready) => this.#server?.listen(0, '127.0.0.1', () => ready()))
    const address = this.#server.address()
    this.port = address && typeof address === 'object' ? address.port : 0
  }

  /** The printer refuses files from now on, or takes them again. */
  refuse(refuses: boolean): void {
    const mark = path.join(this.bin, 'lp.refuses')
    if (refuses) writeFileSync(mark, '')
    else rmSync(mark, { force: true })
  }

  /** What a program of the system was called with, a line each. */
  calls(program: string): string[] {
    try {
      return readFileSync(path.join(this.bin, `${program}.args`), 'utf8')
        .trim()
        .split('\n')
    } catch {
      return []
    }
  }

  stop(): void {
    this.#server?.close()
    rmSync(this.bin, { recursive: true, force: true })
  }

  #write(name: string, script: string): void {
    const file = path.join(this.bin, name)
    writeFileSync(file, `#!/bin/sh\n${script}\n`)
    chmodSync(file, 0o755)
  }

  /** An answer of IPP that holds job-state. */
  #job(): Buffer {
    const name = Buffer.from('job-state')
    const head = Buffer.from([2, 0, 0, 0, 0, 0, 0, 1, 2, 0x23, 0, name.length])
    return Buffer.concat([head, name, Buffer.from([0, 4, 0, 0, 0, this.state, 3])])
  }
}

const test = base.extend<{ system: PrintingSystem }>({
  given: { 'settings.json': { printer: 'office', tray: 'Upper' } },
  // eslint-disable-next-line no-empty-pattern
  system: async ({}, use) => {
    const system = new PrintingSystem()
    await system.start()
    await use(system)
    system.stop()
  },
  env: async ({ system }, use) => {
    await use({ PATH: `${system.bin}:${process.env['PATH']}`, CUPS_SERVER: `127.0.0.1:${system.port}` })
  },
})

/** Renewal by the holder up to the printed checklist; answers the number of keys. */
async function renewal(desk: Page): Promise<number> {
  await expect(desk.locator('[data-pin]').first()).toBeVisible()
  await press(desk, 'Digit2')
  await expect(desk.locator('[data-answered=procedure]')).toBeVisible()
  await press(desk, 'KeyQ')
  let keys = 2
  const plan = desk.locator('.plan')
  await expect(desk.locator('[data-answered="visitor.kind"]')).toBeVisible()
  while (keys < 8 && (await plan.getAttribute('data-outcome')) === 'need-answers') {
    await press(desk, 'KeyA')
    await expect(desk.locator('[data-answered]')).toHaveCount(++keys)
  }
  await press(desk, 'F9')
  return keys + 1
}

/** What the history says of the newest case. */
async function events(desk: Page): Promise<string> {
  await press(desk, 'F3')
  await desk.locator('[data-case]').first().press('Enter')
  await expect(desk.locator('.events')).toBeVisible()
  return desk.locator('.events').innerText()
}

test('F9 prints at once, and the history says so when the printer does', async ({ desk, system }) => {
  const keys = await renewal(desk)
  expect(keys, 'keystrokes from card to printed checklist').toBeLessThanOrEqual(6)
  const strip = desk.locator('.strip')
  await expect(strip).toHaveAttribute('data-print', 'printed')
  await expect(strip).toContainText('印刷しました')
  await expect(strip.getByRole('button', { name: '見る' })).toBeVisible()
  await picture(desk, 'print-1-printed')
  const job = system.calls('lp').join(' ')
  for (const part of ['-d office', 'InputSlot=Upper', 'sides=one-sided', 'print-scaling=none']) {
    expect(job).toContain(part)
  }
  await strip.getByRole('button', { name: 'Shift+F9 ほかの言葉・大きさ' }).click()
  await expect(strip).toContainText('どの言葉・大きさ')
  await picture(desk, 'print-4-registers')
  await press(desk, 'Digit3')
  await expect(strip).toContainText('ご案内(English)を印刷しました')
  await press(desk, 'Shift+F9')
  await expect(strip).toContainText('どの言葉・大きさ')
  await press(desk, 'Escape')
  await expect(strip).toContainText('English')
  expect(await events(desk)).toContain('印刷しました')
})

test('a refused print turns the strip red, stays, and is printed again by one key', async ({
  desk,
  system,
}) => {
  system.refuse(true)
  await renewal(desk)
  const strip = desk.locator('.strip')
  await expect(strip).toHaveAttribute('data-kind', 'problem')
  await expect(strip).toContainText('設定のプリンターが見つかりません: office')
  await picture(desk, 'print-2-refused')
  await press(desk, 'F12')
  await expect(desk.getByText('手続を数字のキーで選んでください')).toBeVisible()
  await expect(strip).toHaveAttribute('data-kind', 'problem')
  expect(await events(desk)).not.toContain('印刷しました')
  // Esc would close the strip, which is what has to be dealt with.
  await expect(strip.getByRole('button', { name: 'Esc 閉じる' })).toBeVisible()
  await desk.getByRole('button', { name: '受付に戻る', exact: true }).click()
  await expect(strip).toHaveAttribute('data-kind', 'problem')
  system.refuse(false)
  await press(desk, 'KeyB')
  await expect(strip).toHaveAttribute('data-print', 'printed')
  expect(system.calls('lp')).toHaveLength(2)
})

test('where the system cannot tell, the clerk does', async ({ desk, system }) => {
  system.state = states.pending
  await renewal(desk)
  const strip = desk.locator('.strip')
  await expect(strip).toHaveAttribute('data-print', 'sent')
  await expect(strip).toHaveAttribute('data-print', 'untold', { timeout: 30_000 })
  await picture(desk, 'print-3-untold')
  await press(desk, 'KeyC')
  await expect(strip).toHaveAttribute('data-kind', 'problem')
  expect(system.calls('cancel')).toEqual(['office-1'])
  system.state = states.canceled
  await press(desk, 'KeyB')
  await expect(strip).toContainText('印刷が取り消されました')
  system.state = states.completed
  await press(desk, 'KeyB')
  await expect(strip).toHaveAttribute('data-print', 'printed')
  expect(await events(desk)).toContain('印刷しました')
})

test('a scanner that types keys of the strip does not answer for the clerk', async ({ desk, system }) => {
  system.refuse(true)
  await renewal(desk)
  await expect(desk.locator('.strip')).toHaveAttribute('data-kind', 'problem')
  await scan(desk, 'B26000012')
  await desk.waitForTimeout(200)
  expect(system.calls('lp')).toHaveLength(1)
  await scan(desk, 'SIM-MG26-000017-1') // its M is the last key before it is known
  await desk.waitForTimeout(200)
  await expect(desk.locator('.preview')).toHaveCount(0)
})
