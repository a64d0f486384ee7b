// axe-core in the page of the window.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { expect, type Page } from '@playwright/test'

// Evaluated, not loaded: the content policy lets no foreign script in.
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run: (
    context: unknown,
    options: unknown,
  ) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** What axe looks at: everything, colours only, or one part of the page. */
export interface Look {
  coloursOnly?: boolean
  within?: string
}

/** Fails with what axe finds; the toolkit's own development spinner is not ours. */
export async function axe(page: Page, state: string, look: Look = {}): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const found = await page.evaluate(async (look) => {
    const runner = (window as unknown as { axe: Axe }).axe
    // The rows of a long table are made alike.
    const alike = 'tbody tr:nth-child(n + 6):not(.changed, :nth-last-child(-n + 2))'
    const context = {
      include: [[look.within ?? 'html']],
      exclude: [['#wails-spinner'], ['iframe'], [alike]],
    }
    const colours = { runOnly: { type: 'tag', values: ['cat.color'] } }
    const result = await runner.run(context, {
      iframes: false,
      preload: false, // it would fetch the style sheets again
      resultTypes: ['violations'],
      ...(look.coloursOnly ? colours : {}),
    })
    return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`)
  }, look)
  expect(found, `axe on ${state}`).toEqual([])
}
