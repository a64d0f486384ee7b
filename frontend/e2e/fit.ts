// What every screen has to be: readable, reachable, Japanese, and not wider
// than the window.

import { expect, type Page } from '@playwright/test'

import { protocol } from './program'

const leastText = 16 // px
const leastTarget = 44 // px

/**
 * Latin words that a clerk may meet: names of keys, of things that have no
 * Japanese name, of this program's console sister (for administrators), and of
 * files. Everything else has to be Japanese.
 */
const latin = [
  /^F\d+$/,
  /^[MTSHR]\d+$/, // years of an era
  /^[A-Z]$/, // keys, and the classes of papers A and B
  /^(Esc|Enter|BS|Backspace|Del|Shift|Space|Tab)$/,
  /^(PDF|PC|USB|IP|IPAmj|CSV|UTF-8|JIS|Shift_JIS|IC|QR)$/,
  /^e-Tax$/,
  /^(mm|SumatraPDF|exe)$/,
  /^(madoctl|madoguchi|Windows|Linux|pcscd|vsmartcard-vpcd|WebView2|Wails)$/,
  /^J-LIS$/,
]

/** Codes, paths and addresses are taken out before words are looked for. */
const codes =
  /(?:[A-Z]:)?[/\\][^\s「」()()、。]+|\b(?:SIM-)?[A-Z]{1,4}\d{2}-\d{6}\S*|\b[A-Z]-\d{3}\b|\b[0-9a-f]{8,}\b|\b\d{3}_[0-9a-f]+\.txt\b|\bSIM-\S+/g

interface Findings {
  text: string[]
  targets: string[]
  words: string[]
  ways: number // links, forms and objects: ways out of the window
  wide: number
}

/** Fails where a visible text is small, a target is small, or a word is foreign. */
export async function fits(page: Page, state: string, more: RegExp[] = []): Promise<void> {
  const found = await page.evaluate(look, { leastText, leastTarget })
  const words = found.words.flatMap((text) => foreign(text, more))
  expect.soft(found.text, `text below ${leastText} px on ${state}`).toEqual([])
  expect.soft(found.targets, `targets below ${leastTarget} px on ${state}`).toEqual([])
  expect.soft(words, `foreign words on ${state}`).toEqual([])
  expect.soft(found.ways, `ways out of the window on ${state}`).toBe(0)
  expect.soft(found.wide, `${state} scrolls sideways`).toBeLessThanOrEqual(0)
}

/** The Latin words of a text that a clerk should not have to read. */
export function foreign(text: string, more: RegExp[] = []): string[] {
  return (text.replace(codes, ' ').match(/[A-Za-z][A-Za-z0-9_'-]*/g) ?? [])
    .filter((word) => ![...latin, ...more].some((known) => known.test(word)))
    .map((word) => `${word} in: ${text.slice(0, 80)}`)
}

/** In the page: everything that is drawn, measured. */
function look(least: { leastText: number; leastTarget: number }): Findings {
  const findings: Findings = {
    text: [],
    targets: [],
    words: [],
    ways: document.querySelectorAll('a, area, form, object, embed, base, meta[http-equiv], [target]').length,
    wide: document.documentElement.scrollWidth - innerWidth,
  }
  const name = (e: Element) =>
    `${e.tagName.toLowerCase()}.${e.className.toString()} ${e.textContent.slice(0, 30)}`
  const drawn = (e: Element) => {
    const box = e.getBoundingClientRect()
    return (
      e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      box.width > 1 &&
      box.height > 1
    )
  }
  for (const e of document.querySelectorAll('#app *')) {
    if (!drawn(e)) continue
    const own = [...e.childNodes]
      .filter((n) => n.nodeType === Node.TEXT_NODE)
      .map((n) => n.textContent ?? '')
      .join(' ')
      .trim()
    if (own !== '') {
      findings.words.push(own)
      if (parseFloat(getComputedStyle(e).fontSize) < least.leastText) findings.text.push(name(e))
    }
    for (const spoken of ['aria-label', 'title', 'placeholder', 'alt']) {
      const words = e.getAttribute(spoken)
      if (words) findings.words.push(words)
    }
    if (!e.matches('button, select, input, textarea, [role=option], a[href], summary')) continue
    const box = (e.closest('label') ?? e).getBoundingClientRect()
    if (Math.min(box.width, box.height) < least.leastTarget - 0.05) {
      findings.targets.push(`${name(e)} ${box.width.toFixed(0)} x ${box.height.toFixed(0)}`)
    }
  }
  return findings
}

/** What a walk through a screen met; kept in the page while it goes on. */
interface Walk {
  stops: number
  faults: string[]
  over: boolean
}

const atOnce = 32 // stops between two looks at how far the walk is
const most = 400 // stops

/**
 * Walks the screen with Tab from its beginning to its end. Every control has to be
 * met, to lie in the window, not covered, and to show that it has the focus. The
 * focus goes back to where it was.
 */
export async function walk(page: Page, state: string): Promise<void> {
  await page.evaluate(setOut)
  const keyboard = await protocol(page)
  const tab = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9, nativeVirtualKeyCode: 9 }
  const keys = Array.from({ length: atOnce }, () => ['rawKeyDown', 'keyUp'] as const).flat()
  let walked: Walk
  do {
    await Promise.all(keys.map((type) => keyboard.send('Input.dispatchKeyEvent', { type, ...tab })))
    walked = await page.evaluate(() => (window as unknown as { walked: Walk }).walked)
  } while (!walked.over && walked.stops < most)
  const missed = await page.evaluate(comeBack)
  expect.soft(walked.faults, `where the focus cannot be seen on ${state}`).toEqual([])
  expect.soft(missed, `what Tab does not reach on ${state}`).toEqual([])
  expect(walked.stops, `stops on ${state}`).toBeGreaterThan(0)
}

interface Walking {
  walked: Walk
  walkedFrom: Element | null
  onStop: (event: KeyboardEvent) => void
}

/** In the page: looks at every stop as soon as its key is let go. */
function setOut(): void {
  const walking = window as unknown as Walking
  const walked: Walk = { stops: 0, faults: [], over: false }
  walking.walked = walked
  walking.walkedFrom = document.activeElement
  let before: Element | null = null
  walking.onStop = (event) => {
    if (event.code !== 'Tab' || walked.over) return
    const e = document.activeElement
    // Behind the last stop the focus stays, is nowhere, or is at the beginning again.
    walked.over =
      !(e instanceof HTMLElement) || e === document.body || e === before || e.hasAttribute('data-walked')
    if (walked.over || !(e instanceof HTMLElement)) return
    before = e
    walked.stops++
    const fault = arrived(e)
    if (fault !== '') walked.faults.push(fault)
  }
  for (const e of document.querySelectorAll('[data-walked]')) e.removeAttribute('data-walked')
  window.getSelection()?.removeAllRanges()
  window.addEventListener('keyup', walking.onStop, { capture: true })
  const start = document.createElement('span')
  start.id = 'walk-start'
  start.tabIndex = -1
  document.body.prepend(start)
  start.focus()

  /** What is wrong with where the focus is. */
  function arrived(e: HTMLElement): string {
    e.setAttribute('data-walked', '')
    const name = `${e.tagName.toLowerCase()}.${e.className} ${e.textContent.slice(0, 30)}`
    if (!document.getElementById('app')?.contains(e)) return ''
    const style = getComputedStyle(e)
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return `${name}: no outline`
    const box = e.getBoundingClientRect()
    const [above, below] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
    if (above >= below) return `${name}: outside at ${box.top.toFixed(0)}`
    const x = Math.min(Math.max(box.left + 8, 0), innerWidth - 1)
    // A tall region may begin above the edge of what it scrolls in.
    const seen = [above + Math.min((below - above) / 2, 20), (above + below) / 2, below - 8].some((y) => {
      const top = document.elementFromPoint(x, y)
      return top !== null && top !== document.body && (e.contains(top) || top.contains(e))
    })
    return seen ? '' : `${name}: covered`
  }
}

/** In the page: ends the walk; answers the controls that can be used and were not met. */
function comeBack(): string[] {
  const walking = window as unknown as Walking
  window.removeEventListener('keyup', walking.onStop, { capture: true })
  document.getElementById('walk-start')?.remove()
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  if (walking.walkedFrom instanceof HTMLElement) walking.walkedFrom.focus()
  // Tab goes to one of the radio buttons of a name, and the arrow keys to the others.
  const met = (e: Element) =>
    e.matches('input[type=radio]')
      ? document.querySelector(`[name="${e.getAttribute('name')}"][data-walked]`) !== null
      : e.hasAttribute('data-walked')
  return [
    ...document.querySelectorAll(
      '#app :is(button, input, select, textarea, summary, iframe, a[href], [tabindex="0"])',
    ),
  ]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]'))
    .filter((e) => !e.matches(':disabled, [tabindex="-1"]') && !met(e))
    .map((e) => `${e.tagName.toLowerCase()} ${e.textContent.slice(0, 30)}`)
}
