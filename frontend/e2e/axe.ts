// axe-core in the page of the window.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { expect, type Page } from '@playwright/test'

// Evaluated, not loaded: the content policy lets no foreign script in.
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run: (options: unknown) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** Fails with what axe finds; the toolkit's own development spinner is not ours. */
export async function axe(page: Page, state: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const found = await page.evaluate(async () => {
    const runner = (window as unknown as { axe: Axe }).axe
    const result = await runner.run({ exclude: [['#wails-spinner'], ['iframe']] })
    return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`)
  })
  expect(found, `axe on ${state}`).toEqual([])
}
