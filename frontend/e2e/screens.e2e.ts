// Every screen at both sizes, at 200 % zoom and in both themes: pictures to be
// looked at, and axe finds nothing.

import { type Page } from '@playwright/test'

import { axe } from './axe'
import { expect, picture, press, test } from './program'

const sizes = [
  { name: '1366', width: 1366, height: 768 },
  { name: '1920', width: 1920, height: 1080 },
  { name: '200percent', width: 683, height: 384 },
]

interface Screen {
  name: string
  open: (page: Page) => Promise<void>
}

const screens: Screen[] = [
  { name: 'desk-empty', open: async () => {} },
  {
    name: 'desk-asking',
    open: async (page) => {
      await press(page, 'Digit3')
      await press(page, 'KeyW')
    },
  },
  { name: 'papers', open: async (page) => press(page, 'F4') },
  { name: 'find', open: async (page) => press(page, 'F2') },
  { name: 'pin-kinds', open: async (page) => press(page, 'F7') },
  {
    name: 'pin-entry',
    open: async (page) => {
      await press(page, 'Digit1')
      for (const key of ['Shift+KeyA', 'Digit1']) await press(page, key)
    },
  },
  {
    name: 'history-empty',
    open: async (page) => {
      await press(page, 'Escape')
      await press(page, 'Escape')
      await press(page, 'F3')
    },
  },
  { name: 'office-keys', open: async (page) => press(page, 'F11') },
  { name: 'office-rules', open: async (page) => press(page, 'Digit2') },
  { name: 'office-settings', open: async (page) => press(page, 'Digit3') },
  { name: 'office-training', open: async (page) => press(page, 'Digit4') },
  { name: 'office-checkup', open: async (page) => press(page, 'Digit5') },
]

for (const theme of ['light', 'dark'] as const) {
  test(`screens in the ${theme} theme`, async ({ desk }) => {
    test.setTimeout(180_000)
    await desk.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const screen of screens) {
      await screen.open(desk)
      await desk.waitForTimeout(200)
      for (const size of sizes) {
        if (theme === 'dark' && size.name !== '1366') continue
        await desk.setViewportSize({ width: size.width, height: size.height })
        await picture(desk, `screens/${screen.name}-${theme}-${size.name}`)
        expect(
          await desk.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          `${screen.name} scrolls sideways at ${size.name}`,
        ).toBeLessThanOrEqual(0)
      }
      await desk.setViewportSize({ width: 1366, height: 768 })
      await axe(desk, screen.name)
    }
  })
}
