// A virtual display and a message bus, as a desktop has them. Every worker has its
// own, and keeps them for all the programs it starts.

import { spawn, type ChildProcess } from 'node:child_process'
import { type Readable } from 'node:stream'

/** Where a program finds its display and its bus: part of its environment. */
export interface Display {
  DISPLAY: string
  DBUS_SESSION_BUS_ADDRESS: string
}

/** Starts both, lends them, and ends them with whatever was started in between. */
export async function withDisplay(use: (display: Display) => Promise<void>): Promise<void> {
  // Each of them says on its fourth file where it is to be found.
  const screen = background('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'])
  const bus = background('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=3'])
  try {
    const [number, address] = await Promise.all([said(screen), said(bus)])
    await use({ DISPLAY: `:${number}`, DBUS_SESSION_BUS_ADDRESS: address })
  } finally {
    await Promise.all([endGroup(bus), endGroup(screen)])
  }
}

function background(program: string, args: string[]): ChildProcess {
  return spawn(program, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
}

/** The first line a program says on its fourth file. */
function said(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)))
    ;(child.stdio[3] as Readable).on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')).trim())
    })
  })
}

/** Ends the whole process group a program was started in, and only that. */
export async function endGroup(child: ChildProcess): Promise<void> {
  const group = child.pid
  if (group === undefined) return
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    signal(group, 'SIGTERM')
    const late = setTimeout(() => signal(group, 'SIGKILL'), 5_000)
    await gone
    clearTimeout(late)
  }
  signal(group, 'SIGKILL')
}

function signal(group: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-group, name)
  } catch {
    // nothing of it is left
  }
}
