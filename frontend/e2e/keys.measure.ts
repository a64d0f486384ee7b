// How long a key takes until its answer is painted. Keys are real ones, sent
// through the browser; the time runs from the key's own time stamp to the first
// task after the frame in which the answer stood. In turn with them a key is
// pressed that changes one word of the page without asking the program: what the
// browser and the machine take by themselves.

import { expect, press, test } from './program'

const presses = Number(process.env['MADOGUCHI_KEYS'] ?? 500)

/** One step: the key, and what stands in the answered lines once it is answered. */
const steps = [
  { key: '2', answered: 1, words: '更新' },
  { key: 'q', answered: 2, words: '本人' },
  { key: 'a', answered: 3, words: '' },
  { key: 'Backspace', answered: 2, words: '' },
  { key: '3', answered: 2, words: '再設定' },
  { key: 'e', answered: 2, words: '未成年後見人' },
  { key: 'F12', answered: 0, words: '' },
]

test('keys are answered', async ({ desk }) => {
  test.setTimeout(600_000)
  await press(desk, '2')
  await press(desk, 'F12')
  await desk.evaluate(prepare)
  for (let i = 0; i < presses; i++) {
    const step = steps[i % steps.length]
    if (!step) break
    await desk.evaluate(([answered, words]) => (window as unknown as Measured).await(answered, words), [
      step.answered,
      step.words,
    ] as const)
    await desk.keyboard.press(step.key)
    const painted = await desk.evaluate(() => (window as unknown as Measured).painted)
    expect(painted, `${step.key} is answered`).toBe(true)
    await desk.evaluate(() => (window as unknown as Measured).await(-1, ''))
    await desk.keyboard.press('Pause')
    expect(await desk.evaluate(() => (window as unknown as Measured).painted), 'the page itself').toBe(true)
    await desk.waitForTimeout(40) // a person is slower; a scanner is not meant
  }
  const { times, alone } = await desk.evaluate(() => {
    const { times, alone } = window as unknown as Measured
    return { times, alone }
  })
  expect(times.length).toBe(presses)
  console.log(`key to painted answer: ${spread(times)}`)
  console.log(`the page by itself:    ${spread(alone)}`)
})

function spread(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    (sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0).toFixed(1)
  return `${sorted.length} keys, median ${at(0.5)} ms, 90th ${at(0.9)}, 95th ${at(0.95)}, 99th ${at(0.99)}, longest ${at(1)}`
}

interface Measured {
  times: number[]
  alone: number[]
  await: (answered: number, words: string) => void
  painted: Promise<boolean>
}

/** In the page: notes when a key was pressed, and when its answer was painted. */
function prepare(): void {
  const measured = window as unknown as Measured
  measured.times = []
  measured.alone = []
  const word = document.createElement('p')
  word.hidden = true
  document.body.append(word)
  const title = document.querySelector('h1')
  window.addEventListener('keydown', (event) => {
    if (event.code !== 'Pause') return
    word.textContent = String(event.timeStamp)
    if (title) title.style.opacity = title.style.opacity === '1' ? '0.9' : '1'
  })
  measured.await = (answered, words) => {
    measured.painted = new Promise((resolve) => {
      let pressed = 0
      const before = word.textContent
      const late = setTimeout(() => resolve(false), 10_000)
      const look = () => {
        const lines = [...document.querySelectorAll('[data-answered]')]
        const stands = lines.length === answered && lines.some((e) => e.textContent.includes(words))
        const own = answered < 0 && word.textContent !== before
        if (pressed === 0 || !(stands || (answered === 0 && lines.length === 0) || own)) return
        observer.disconnect()
        clearTimeout(late)
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => {
            ;(answered < 0 ? measured.alone : measured.times).push(performance.now() - pressed)
            resolve(true)
          }
          channel.port2.postMessage(undefined)
        })
      }
      const observer = new MutationObserver(look)
      observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      window.addEventListener('keydown', (event) => (pressed = event.timeStamp), {
        capture: true,
        once: true,
      })
    })
  }
}
