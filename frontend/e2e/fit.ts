// What every screen has to be: readable, reachable, Japanese, and not wider
// than the window.

import { expect, type Page } from '@playwright/test'

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
  /^(Esc|Enter|BS|Backspace|Del|Shift|Tab)$/,
  /^(PDF|PC|USB|IPAmj|CSV|UTF-8|JIS|Shift_JIS|IC|QR)$/,
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

/**
 * Walks the screen with Tab until the walk comes round. Every control has to be
 * met, to lie in the window, not covered, and to show that it has the focus.
 */
export async function walk(page: Page, state: string): Promise<void> {
  await page.evaluate(() => {
    const active = document.activeElement
    if (active instanceof HTMLElement) active.blur()
    window.getSelection()?.removeAllRanges()
    for (const e of document.querySelectorAll('[data-walked]')) e.removeAttribute('data-walked')
  })
  const faults: string[] = []
  let stops = 0
  for (let outside = 0; stops < 400 && outside < 3; stops++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(arrived)
    if (stop === 'round') break
    if (stop === 'outside') outside++
    else if (stop !== '') faults.push(stop)
  }
  const missed = await page.evaluate(missedControls)
  expect.soft(faults, `where the focus cannot be seen on ${state}`).toEqual([])
  expect.soft(missed, `what Tab does not reach on ${state}`).toEqual([])
  expect(stops, `stops on ${state}`).toBeGreaterThan(0)
}

/** In the page: what is wrong with where the focus is; "round" where it was before. */
function arrived(): string {
  const e = document.activeElement
  if (!(e instanceof HTMLElement) || e === document.body) return 'outside'
  if (e.tagName === 'IFRAME' && e.hasAttribute('data-walked')) return '' // on its way through a PDF file
  if (e.hasAttribute('data-walked')) return 'round'
  e.setAttribute('data-walked', '')
  const name = `${e.tagName.toLowerCase()}.${e.className} ${e.textContent.slice(0, 30)}`
  if (!document.getElementById('app')?.contains(e)) return ''
  const style = getComputedStyle(e)
  if (e.tagName !== 'IFRAME' && (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)) {
    return `${name}: no outline`
  }
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

/** In the page: controls that can be used and were not met. */
function missedControls(): string[] {
  return [
    ...document.querySelectorAll(
      '#app :is(button, input, select, textarea, iframe, a[href], [tabindex="0"])',
    ),
  ]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]'))
    .filter((e) => !e.matches(':disabled, [data-walked], [tabindex="-1"]'))
    .map((e) => `${e.tagName.toLowerCase()} ${e.textContent.slice(0, 30)}`)
}
