// What every state of the window has to be in every dress: light, dark and high
// contrast; 1366 and 1920 wide, and 1366 at 200 % zoom. Pictures are kept to be
// looked at; axe finds nothing; text and targets are large enough; every word is
// Japanese; nothing is wider than the window; Tab reaches everything.

import { type Page } from '@playwright/test'

import { axe } from './axe'
import { fits, walk } from './fit'
import { expect, picture } from './program'

const usual = { name: '1366', width: 1366, height: 768 }
const zoomed = { name: '200percent', width: 683, height: 384 }
const wide = { name: '1920', width: 1920, height: 1080 }

const dresses = [
  { name: 'light', sizes: [wide, usual, zoomed] },
  { name: 'dark', sizes: [zoomed, usual] },
  { name: 'forced', sizes: [usual, zoomed] },
] as const

/** What is particular about a state. */
export interface Particulars {
  /** Latin words that stand here, as names in the office's own data. */
  words?: RegExp[]
  /** Where any key changes the state, nobody can walk through it. */
  walked?: boolean
  /** What to bring to the top where it is not there by itself. */
  top?: string
  /**
   * All that is new on a screen that was looked at before: axe looks at this part
   * alone, and nobody walks.
   */
  part?: string
}

/** Looks at a state of the window in every dress; it is left in the first one. */
export async function looks(page: Page, state: string, particulars: Particulars = {}): Promise<void> {
  const { words = [], part, walked = !part, top = part } = particulars
  for (const dress of dresses) {
    await put(page, dress.name)
    for (const size of dress.sizes) {
      // A part is drawn alike on a wider window, and zoomed in every dress.
      if (part && (size === wide || (size === zoomed && dress.name !== 'light'))) continue
      const name = `${state} ${dress.name} ${size.name}`
      await resize(page, size)
      await page.evaluate(scroll, top)
      await picture(page, `${state}-${dress.name}-${size.name}`)
      if (dress.name === 'light') {
        await fits(page, name, words)
        if (size !== zoomed) await whole(page, name)
        if (walked && size !== wide) await walk(page, name)
      }
      if (size === usual)
        await axe(page, name, { coloursOnly: dress.name === 'forced', ...(part ? { within: part } : {}) })
    }
  }
  await put(page, 'light')
  await resize(page, usual)
}

async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  if (page.viewportSize()?.width !== size.width) await page.setViewportSize(size)
}

/** A usual window does not scroll: only its parts do. */
async function whole(page: Page, name: string): Promise<void> {
  const below = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  expect.soft(below, `what hangs out of the window below on ${name}`).toBe(0)
}

const worn = new WeakMap<Page, string>()

/** Light, dark or high contrast, as the system tells the page. */
async function put(page: Page, dress: 'light' | 'dark' | 'forced'): Promise<void> {
  if (worn.get(page) === dress) return
  worn.set(page, dress)
  await page.emulateMedia({
    colorScheme: dress === 'dark' ? 'dark' : 'light',
    forcedColors: dress === 'forced' ? 'active' : 'none',
    reducedMotion: 'reduce',
  })
  // The page is told with the next frame.
  await page.evaluate(() => new Promise((told) => requestAnimationFrame(() => setTimeout(told))))
}

/** In the page: everything to its beginning but talks, which are read at their end. */
function scroll(top: string | undefined): void {
  window.scrollTo(0, 0)
  for (const e of document.querySelectorAll('#app *')) {
    if (e.scrollTop > 0 && !e.matches('[role=log]')) e.scrollTop = 0
  }
  if (top) document.querySelector(top)?.scrollIntoView({ block: 'start' })
}
