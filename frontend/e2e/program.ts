// The program under test: started before a test, ended after it with everything
// it started, on a data folder that is left as a file of the run.

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'

import { test as base, expect, type CDPSession, type Page } from '@playwright/test'

import { endGroup, withDisplay, type Display } from './display'

const root = path.resolve(import.meta.dirname, '../..')
/** Where everything a run leaves is kept. */
export const results = path.join(root, 'frontend/test-results')

/** The development build: go build -tags dev,webkit2_41 -o build/cache/madoguchi-dev . */
const binary = process.env['MADOGUCHI_DEV_PROGRAM'] ?? path.join(root, 'build/cache/madoguchi-dev')

export interface Running {
  address: string
  data: string
  output: () => string
  stop: () => Promise<void>
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

/** Starts the program on a display and waits until its window can be had. */
async function startProgram(
  data: string,
  args: string[],
  env: NodeJS.ProcessEnv & Display,
): Promise<Running> {
  if (!existsSync(binary)) {
    throw new Error(
      `no program at ${binary}: build the window (npm run build), then go build -tags dev,webkit2_41 -o ${binary} .`,
    )
  }
  const port = await freePort()
  let output = ''
  const child = spawn(binary, ['--data', data, ...args], {
    detached: true, // its own process group, so that all of it can be ended
    env: {
      ...process.env,
      devserver: `127.0.0.1:${port}`,
      assetdir: path.join(root, 'frontend/dist'),
      loglevel: 'Error',
      TZ: 'Asia/Tokyo',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const address = `http://127.0.0.1:${port}`
  try {
    await answering(address, child, () => output)
  } catch (reason) {
    await endGroup(child)
    throw reason
  }
  return { address, data, output: () => output, stop: () => endGroup(child) }
}

async function answering(address: string, child: ChildProcess, output: () => string): Promise<void> {
  for (const late = Date.now() + 20_000; Date.now() < late;) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}: ${output()}`)
    try {
      if ((await fetch(address)).ok) return
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`the program does not answer at ${address}: ${output()}`)
}

interface Fixtures {
  args: string[]
  /** What lies in the data folder before the program starts: settings.json, policy.json. */
  given: Record<string, object>
  env: NodeJS.ProcessEnv
  program: Running
  desk: Page
  /** Ends the program, then starts it again on the same data; its window is the page. */
  again: (between?: () => void) => Promise<Page>
}

/** What a worker keeps for all of its tests. */
interface Kept {
  display: Display
  lent: Running
}

const simulated = ['--scenario', 'standard']

/** An empty folder of a name, among what the run leaves. */
function folder(name: string): string {
  const data = path.join(results, 'data', name.replace(/[^\p{L}\p{N}]+/gu, '-'))
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data, { recursive: true })
  return data
}

export const test = base.extend<Fixtures, Kept>({
  // eslint-disable-next-line no-empty-pattern
  display: [async ({}, use) => withDisplay(use), { scope: 'worker' }],
  lent: [
    async ({ display }, use, info) => {
      const running = await startProgram(folder(`lent-${info.workerIndex}`), simulated, { ...display })
      await use(running)
      await running.stop()
    },
    { scope: 'worker' },
  ],
  args: [simulated, { option: true }],
  given: [{}, { option: true }],
  env: [{}, { option: true }],
  program: async ({ args, given, env, display }, use, info) => {
    const data = folder(info.titlePath.join('-'))
    for (const [file, content] of Object.entries(given)) {
      writeFileSync(path.join(data, file), JSON.stringify(content))
    }
    const running = await startProgram(data, args, { ...env, ...display })
    await use(running)
    await running.stop()
  },
  desk: async ({ page, program }, use) => {
    const faults: string[] = []
    page.on('pageerror', (error) => {
      // The toolkit's development page has faults of its own.
      if (!/reading '(nodes|EventsNotify)'/.test(error.message)) faults.push(error.message)
    })
    await page.goto(program.address)
    await expect(page.locator('.frame[data-ready]')).toBeVisible()
    await use(page)
    expect(faults, 'errors in the page').toEqual([])
  },
  again: async ({ page, program, args, env, display }, use) => {
    const started: Running[] = []
    await use(async (between) => {
      await page.goto('about:blank')
      await program.stop()
      between?.()
      const running = await startProgram(program.data, args, { ...env, ...display })
      started.push(running)
      await page.goto(running.address)
      await expect(page.locator('.frame[data-ready]')).toBeVisible()
      return page
    })
    await Promise.all(started.map((running) => running.stop()))
  },
})

/**
 * A test that minds nothing but an unfinished visit and leaves nothing else behind
 * than cases: the worker's program will do, one test after the other.
 */
export const lent = test.extend({
  program: async ({ lent }, use) => {
    rmSync(path.join(lent.data, 'simulation/draft.json'), { force: true })
    await use(lent)
  },
})

/**
 * Presses a key as a person does: slower than a scanner, whose keys follow one
 * another within 35 ms. The page itself counts the time, so that a key that acts a
 * moment later (40 ms, to let a scanner's next key come) has acted, however busy
 * the machine is. What it causes is waited for by whoever looks for it.
 */
export async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key)
  await page.evaluate(() => new Promise((later) => setTimeout(later, 45)))
}

/** Waits until the two questions that every visit begins with are answered and drawn so. */
export async function begun(page: Page): Promise<void> {
  const first = '.question.current:is([data-question="procedure"], [data-question="visitor.kind"])'
  await expect(page.locator(first)).toHaveCount(0)
}

/**
 * A scanner types much faster than a person, and than a browser that is driven. Its
 * keys say themselves when they came, 5 ms apart, however busy the machine is.
 */
export async function scan(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const codeOf = (c: string) => (c === '-' ? 'Minus' : /\d/.test(c) ? `Digit${c}` : `Key${c}`)
    const begun = performance.now()
    for (const [i, code] of [...[...text].map(codeOf), 'Enter'].entries()) {
      const where = document.activeElement ?? document.body
      const key = new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true })
      Object.defineProperty(key, 'timeStamp', { value: begun + 5 * i })
      where.dispatchEvent(key)
    }
  }, text)
}

const sessions = new WeakMap<Page, Promise<CDPSession>>()

/** The browser's own protocol for a page, for what has to be quick or exact. */
export function protocol(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, session)
  return session
}

/** Keeps a picture of the window as a file of the run. */
export async function picture(page: Page, name: string): Promise<void> {
  const browser = await protocol(page)
  const { data } = await browser.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
  const file = path.join(results, 'pictures', `${name}.png`)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, data, 'base64')
}

export { expect }
