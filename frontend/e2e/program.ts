// The program under test: started before a test, ended after it with everything
// it started, on a data folder that is left as a file of the run.

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

import { test as base, expect, type Page } from '@playwright/test'

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

/** Starts the program under a virtual display and waits until its window can be had. */
export async function startProgram(
  data: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Running> {
  if (!existsSync(binary)) {
    throw new Error(
      `no program at ${binary}: build the window (npm run build), then go build -tags dev,webkit2_41 -o ${binary} .`,
    )
  }
  const port = await freePort()
  let output = ''
  const child = spawn(
    'xvfb-run',
    ['-n', String(100 + port), 'dbus-run-session', '--', binary, '--data', data, ...args],
    {
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
    },
  )
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const address = `http://127.0.0.1:${port}`
  try {
    await answering(address, child, () => output)
  } catch (reason) {
    await end(child)
    throw reason
  }
  return { address, data, output: () => output, stop: () => end(child) }
}

async function answering(address: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}: ${output()}`)
    try {
      if ((await fetch(address)).ok) return
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the program does not answer at ${address}: ${output()}`)
}

/** Ends the whole process group the program was started in, and only that. */
async function end(child: ChildProcess): Promise<void> {
  const group = child.pid
  if (group === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  process.kill(-group, 'SIGTERM')
  const late = setTimeout(() => killGroup(group), 5_000)
  await gone
  clearTimeout(late)
  killGroup(group)
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // nothing of it is left
  }
}

interface Fixtures {
  args: string[]
  /** What the office chose before the program starts (settings.json). */
  settings: Record<string, unknown>
  env: NodeJS.ProcessEnv
  program: Running
  desk: Page
}

export const test = base.extend<Fixtures>({
  args: [['--scenario', 'standard'], { option: true }],
  settings: [{}, { option: true }],
  env: [{}, { option: true }],
  program: async ({ args, settings, env }, use, info) => {
    const name = info.titlePath.join('-').replace(/[^\p{L}\p{N}]+/gu, '-')
    const data = path.join(results, 'data', name)
    rmSync(data, { recursive: true, force: true })
    mkdirSync(data, { recursive: true })
    if (Object.keys(settings).length > 0) {
      writeFileSync(path.join(data, 'settings.json'), JSON.stringify(settings))
    }
    const running = await startProgram(data, args, env)
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
})

/** Presses a key as a person does: slower than a scanner. */
export async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key)
  await page.waitForTimeout(60)
}

/** A scanner types much faster than a person, and than a browser that is driven. */
export async function scan(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const codeOf = (c: string) => (c === '-' ? 'Minus' : /\d/.test(c) ? `Digit${c}` : `Key${c}`)
    for (const code of [...[...text].map(codeOf), 'Enter']) {
      const where = document.activeElement ?? document.body
      where.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }))
    }
  }, text)
}

/** Keeps a picture of the window as a file of the run. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(results, 'pictures', `${name}.png`) })
}

export { expect }
