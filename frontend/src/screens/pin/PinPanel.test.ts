import { render, screen, waitFor } from '@testing-library/svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { listen } from '../../keyboard'
import type { CardView, PINKindView, Program } from '../../program'
import PinPanel from './PinPanel.svelte'

afterEach(() => void vi.useRealTimers())

const kinds = [
  { kind: 'signature', label: '署名用', reading: 'しょめいよう', use: 'e-Tax', format: '英字と数字' },
  {
    kind: 'user-identification',
    label: '利用者証明用',
    reading: 'りようしゃしょうめいよう',
    use: '保険証',
    format: '数字4桁《けた》',
  },
] as PINKindView[]

const card = {
  state: 'card',
  pins: [{ kind: 'user-identification', words: 'あと2回' }],
} as unknown as CardView

/** An open panel on the second kind, with something typed. */
async function typed(pin = '12') {
  const checked: string[] = []
  const program = {
    pinKinds: () => Promise.resolve(kinds),
    checkPIN: (_kind: string, pin: string) => {
      checked.push(pin)
      const ok = pin.length === 4
      return Promise.resolve({ ok, reasons: ok ? [] : [`あと${4 - pin.length}桁`] })
    },
  } as Partial<Program> as Program
  const close = vi.fn()
  const stop = listen(window)
  const panel = render(PinPanel, { program, card, close })
  await waitFor(() => screen.getByText('利用者証明用'))
  window.dispatchEvent(new KeyboardEvent('keydown', { code: 'Digit2', bubbles: true }))
  const field = (await waitFor(() =>
    screen.getByLabelText('利用者証明用 暗証番号', { selector: 'input' }),
  )) as HTMLInputElement
  field.value = pin
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  await waitFor(() => expect(checked).toContain(pin))
  if (pin.length < 4) await waitFor(() => screen.getByText('あと2桁'))
  return { close, field, panel, checked, stop }
}

describe("the holder's panel", () => {
  it('takes the digit of a kind that was pressed before the kinds were there', async () => {
    let arrive: (list: PINKindView[]) => void = () => undefined
    const late = new Promise<PINKindView[]>((resolve) => (arrive = resolve))
    const program = { pinKinds: () => late } as Partial<Program> as Program
    const stop = listen(window)
    render(PinPanel, { program, card, close: vi.fn() })
    window.dispatchEvent(new KeyboardEvent('keydown', { code: 'Digit2', bubbles: true }))
    arrive(kinds)
    await waitFor(() => screen.getByLabelText('利用者証明用 暗証番号', { selector: 'input' }))
    stop()
  })

  it('shows one kind, masked, with its format and the tries left', async () => {
    const { field, stop } = await typed()
    expect(field.type).toBe('password')
    expect(screen.getByText(/このカードの残り回数 あと2回/)).toBeTruthy()
    expect(screen.queryByText('署名用')).toBeNull()
    stop()
  })

  it('forgets what was typed when another kind is chosen', async () => {
    const { stop } = await typed()
    window.dispatchEvent(new KeyboardEvent('keydown', { code: 'Escape', bubbles: true }))
    await waitFor(() => screen.getByText('署名用'))
    window.dispatchEvent(new KeyboardEvent('keydown', { code: 'Digit2', bubbles: true }))
    const again = (await waitFor(() =>
      screen.getByLabelText('利用者証明用 暗証番号', { selector: 'input' }),
    )) as HTMLInputElement
    expect(again.value).toBe('')
    stop()
  })

  it('says that it looked at the format, not at the number', async () => {
    const { stop } = await typed('4827')
    await waitFor(() => screen.getByText('文字数と文字の種類は合っています'))
    screen.getByText('正しい番号かどうかは確かめていません')
    expect(screen.queryByText(/○/)).toBeNull()
    stop()
  })

  it('goes back to the kinds, and out, by the key and by a button that say so', async () => {
    const { close, stop } = await typed()
    screen.getByRole('button', { name: /ほかの暗証番号/ }).click()
    const out = await waitFor(() => screen.getByRole('button', { name: /終わる/ }))
    expect(close).not.toHaveBeenCalled()
    out.click()
    expect(close).toHaveBeenCalledOnce()
    stop()
  })

  it('closes by itself after 60 seconds without a key', async () => {
    const { close, field, stop } = await typed()
    vi.useFakeTimers()
    field.dispatchEvent(new InputEvent('input', { bubbles: true })) // the time begins anew
    await vi.advanceTimersByTimeAsync(59_000)
    expect(close).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(close).toHaveBeenCalledOnce()
    expect(field.value).toBe('')
    stop()
  })

  it('closes when the card is taken away', async () => {
    const { close, field, panel, stop } = await typed()
    await panel.rerender({ card: { ...card, state: 'empty' } as CardView })
    await waitFor(() => expect(close).toHaveBeenCalledOnce())
    expect(field.value).toBe('')
    stop()
  })
})
