// Training as the tests play it. What is right is asked of the program itself
// (madoctl drill answers), so that a change of the rules changes it here.

import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'

import { type Page } from '@playwright/test'

import { expect, press } from './program'

const root = path.resolve(import.meta.dirname, '../..')

interface Count {
  class: string
  count: number
}

interface Perfect {
  asked: string[]
  responses: Record<string, string>
  statement: {
    outcome: string
    papers: { of: string; anyOf: Count[][] }[]
    pins: { kind: string; entry: string }[]
    visits: number
    letter: boolean
    deadline: string | null
    accepted?: string[]
  }
}

const answers = new Map<string, Perfect>()

/** What is right in a scenario, as the program itself says. */
export function perfect(scenario: string): Perfect {
  const known = answers.get(scenario)
  if (known) return known
  const out = execFileSync(
    'go',
    ['run', './app/madoctl', 'drill', 'answers', '--scenario', scenario, '--json'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const read = JSON.parse(out) as Perfect
  answers.set(scenario, read)
  return read
}

/** What can be done, in the order of its keys. */
export const procedures = [
  'certificate-issue',
  'certificate-renewal',
  'pin-reset',
  'pin-change',
  'card-face-update',
  'suspension-release',
  'card-renewal',
  'card-loss',
  'residence-period-update',
]

/** Opens the trainer's tab. */
export async function training(desk: Page): Promise<void> {
  await press(desk, 'F11')
  await expect(desk.locator('[data-place=training]')).toBeVisible()
  await press(desk, 'Digit4')
}

/** Enters a scenario from the trainer's tab, under a made-up trainee's name. */
export async function enter(desk: Page, scenario: string, trainee: string): Promise<void> {
  await training(desk)
  await desk.locator('[data-trainee]').fill(trainee)
  await desk.locator(`[data-scenario="${scenario}"]`).press('Enter')
  await expect(desk.locator('.visitor')).toBeVisible()
}

/** Chooses what the visitor came for and who they are, as they said. */
export async function begin(desk: Page, procedure: string, visitor: string): Promise<void> {
  await press(desk, `Digit${procedures.indexOf(procedure) + 1}`)
  const key = await desk.locator(`[data-value="${visitor}"] kbd`).first().innerText()
  await press(desk, `Key${key}`)
}

/** Puts every question the desk asks, by Enter. */
export async function askAll(desk: Page): Promise<string[]> {
  const asked: string[] = []
  for (let round = 0; round < 20; round++) {
    const current = desk.locator('.question.current')
    if ((await current.count()) === 0) return asked
    const key = (await current.getAttribute('data-question')) ?? ''
    await press(desk, 'Enter')
    await expect(desk.locator(`.question.current[data-question="${key}"]`)).toHaveCount(0)
    asked.push(key)
  }
  return asked
}

/** The id of one paper of the list: its party and classes, as the program names it. */
function paperIDs(papers: Perfect['statement']['papers'], offered: string[]): Map<string, number> {
  const ids = new Map<string, number>()
  const add = (id: string) => ids.set(id, (ids.get(id) ?? 0) + 1)
  for (const paper of papers) {
    for (const atom of atoms(paper.anyOf)) {
      const id = `${paper.of}:${atom}`
      if (!offered.includes(id)) throw new Error(`no paper ${id} to choose`)
      add(id)
    }
  }
  return ids
}

/** What every alternative holds is a paper of its own; the rest is one together. */
function atoms(anyOf: Count[][]): string[] {
  const lists = anyOf.map((all) => all.flatMap((c) => Array<string>(c.count).fill(c.class)).sort())
  const common: string[] = []
  for (const name of [...(lists[0] ?? [])]) {
    if (!lists.every((list) => list.includes(name))) continue
    common.push(name)
    lists.forEach((list) => list.splice(list.indexOf(name), 1))
  }
  if (lists.some((list) => list.length === 0)) return common
  const rest = [...new Set(lists.map((list) => list.join('+')))].sort().join('|')
  return [...common, rest === 'A|B' ? 'any-id' : rest]
}

/** Chooses a statement in the right column. */
export async function choose(desk: Page, said: Perfect['statement']): Promise<void> {
  await desk.locator(`.statement input[name=outcome][value="${said.outcome}"]`).check()
  const offered = await desk
    .locator('[data-paper]')
    .evaluateAll((list) => list.map((e) => e.getAttribute('data-paper') ?? ''))
  for (const [id, count] of paperIDs(said.papers, offered)) {
    const paper = desk.locator('.paper', { has: desk.locator(`[data-paper="${id}"]`) })
    await paper.getByRole('checkbox').check()
    if (count > 1) await paper.getByRole('combobox').selectOption(String(count))
  }
  for (const pin of said.pins) await desk.locator(`[data-pin-entry="${pin.kind}"]`).selectOption(pin.entry)
  await desk.locator(`.statement input[name=visits][value="${said.visits}"]`).check()
  await desk.locator(`.statement input[name=letter][value="${said.letter ? 'yes' : 'no'}"]`).check()
  if (said.deadline) {
    await desk.locator('[data-deadline]').fill(said.deadline.replaceAll('-', ''))
    await expect(desk.locator('.day [role=status]')).toContainText('年') // the program has read it
  }
}

/** Tells the visitor what was chosen. */
export async function state(desk: Page): Promise<void> {
  await desk.locator('[data-drill=state]').press('Enter')
  await expect(desk.locator('.statement')).toHaveCount(0)
}

/** Files of a data folder outside the folder of training and the web view's own. */
export function outside(data: string): string[] {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(data, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^(simulation|webview)\//.test(file))
}
