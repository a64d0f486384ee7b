// Every screen in every dress: both sizes, 200 % zoom, both themes and high
// contrast. Pictures are kept to be looked at; axe finds nothing; text and
// targets are large enough; every word is Japanese; Tab reaches everything.

import { userInfo } from 'node:os'

import { type Page } from '@playwright/test'

import { axe } from './axe'
import { fits, walk } from './fit'
import { expect, picture, press, test } from './program'

const screens: { name: string; open: (page: Page) => Promise<void> }[] = [
  { name: 'desk-empty', open: async () => {} },
  {
    name: 'desk-asking',
    open: async (page) => {
      for (const key of ['Digit3', 'KeyW']) await press(page, key)
    },
  },
  { name: 'papers', open: (page) => press(page, 'F4') },
  { name: 'find', open: (page) => press(page, 'F2') },
  { name: 'pin-kinds', open: (page) => press(page, 'F7') },
  {
    name: 'pin-entry',
    open: async (page) => {
      for (const key of ['Digit1', 'Shift+KeyA', 'Digit1']) await press(page, key)
    },
  },
  {
    name: 'letter',
    open: async (page) => {
      for (const key of ['Escape', 'Escape', 'F12', 'Digit3', 'KeyP', 'F10']) await press(page, key)
    },
  },
  {
    name: 'history-empty',
    open: async (page) => {
      for (const key of ['Escape', 'F3']) await press(page, key)
    },
  },
  {
    name: 'preview',
    open: async (page) => {
      for (const key of ['Escape', 'F9']) await press(page, key)
      await expect(page.locator('.strip')).toContainText('SIM-')
      await press(page, 'KeyM')
      await expect(page.locator('iframe')).toBeVisible()
    },
  },
  {
    name: 'history-full',
    open: async (page) => {
      await page.locator('.strip button').last().focus() // out of the PDF file, which takes its own keys
      for (const key of ['Escape', 'F12', 'F3']) await press(page, key)
      await expect(page.locator('[data-case]')).toHaveCount(1)
      for (const key of ['ArrowDown', 'Enter']) await press(page, key)
      await expect(page.locator('.events')).toBeVisible()
    },
  },
  { name: 'office-keys', open: (page) => press(page, 'F11') },
  { name: 'office-rules', open: (page) => press(page, 'Digit2') },
  { name: 'office-settings', open: (page) => press(page, 'Digit3') },
  { name: 'office-training', open: (page) => press(page, 'Digit4') },
  { name: 'office-checkup', open: (page) => press(page, 'Digit5') },
]

/** What the pages of rules say is in the words of their sources. */
const sources: Record<string, RegExp[]> = {
  'office-rules': [/./],
  // The name of the reader, and of the user where the office named no operator.
  'office-checkup': [/^(Simulated|Reader)$/],
  'history-full': [new RegExp(`^${userInfo().username}$`)],
}

test('every screen at both sizes and at 200 percent', async ({ desk }) => {
  test.setTimeout(240_000)
  await desk.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  for (const screen of screens) {
    await test.step(screen.name, async () => {
      await screen.open(desk)
      await desk.waitForTimeout(150)
      await picture(desk, `screens/${screen.name}-light-1366`)
      await fits(desk, screen.name, sources[screen.name])
      await axe(desk, screen.name)
      // Within a PDF file the browser's own viewer has the keys.
      if (screen.name !== 'preview') await walk(desk, screen.name)
      for (const [name, width, height] of [
        ['1920', 1920, 1080],
        ['200percent', 683, 384],
      ] as const) {
        await desk.setViewportSize({ width, height })
        await desk.evaluate(() => scrollTo(0, 0))
        await picture(desk, `screens/${screen.name}-light-${name}`)
        await fits(desk, `${screen.name} at ${name}`, sources[screen.name])
      }
      if (screen.name.startsWith('desk')) await stacked(desk)
      await desk.setViewportSize({ width: 1366, height: 768 })
    })
  }
})

/** At 200 % the columns stand under one another, in their order. */
async function stacked(page: Page): Promise<void> {
  const boxes = await page.locator('.column').evaluateAll((columns) =>
    columns.map((column) => {
      const { left, top, bottom } = column.getBoundingClientRect()
      return { left, top, bottom }
    }),
  )
  expect(boxes).toHaveLength(3)
  for (let i = 1; i < boxes.length; i++) {
    expect(boxes[i]?.left, 'columns stack').toBe(boxes[0]?.left)
    expect(boxes[i]?.top, 'columns stack').toBeGreaterThanOrEqual(boxes[i - 1]?.bottom ?? Infinity)
  }
}

for (const dress of ['dark', 'forced'] as const) {
  test(`every screen, ${dress}`, async ({ desk }) => {
    test.setTimeout(180_000)
    await desk.emulateMedia({
      colorScheme: dress === 'dark' ? 'dark' : 'light',
      forcedColors: dress === 'forced' ? 'active' : 'none',
      reducedMotion: 'reduce',
    })
    for (const screen of screens) {
      await test.step(screen.name, async () => {
        await screen.open(desk)
        await desk.waitForTimeout(150)
        await picture(desk, `screens/${screen.name}-${dress}-1366`)
        await axe(desk, `${screen.name} ${dress}`, { coloursOnly: true })
      })
    }
  })
}
