import { describe, expect, it } from 'vitest'

import { Scanner } from './scanner'

const codes = (text: string) =>
  [...text].map((c) => (c === '-' ? 'Minus' : /\d/.test(c) ? `Digit${c}` : `Key${c}`))

describe('scanner', () => {
  it('reads a burst that ends with Enter', () => {
    const scanner = new Scanner()
    let at = 1000
    for (const code of codes('K26-00012-1')) scanner.key(code, (at += 8))
    expect(scanner.key('Enter', at + 8)).toEqual({ kind: 'read', text: 'K26-00012-1' })
  })

  it('holds keys back from the fourth on', () => {
    const scanner = new Scanner()
    const kinds = codes('K26-0').map((code, i) => scanner.key(code, 1000 + i * 10).kind)
    expect(kinds).toEqual(['first', 'typing', 'typing', 'burst', 'burst'])
  })

  it('leaves a person alone, however much is typed', () => {
    const scanner = new Scanner()
    let at = 1000
    const kinds = codes('1QY1QY1QY').map((code) => scanner.key(code, (at += 90)).kind)
    expect(kinds.includes('burst')).toBe(false)
    expect(scanner.key('Enter', at + 90).kind).toBe('typing')
  })

  it('leaves what a person typed while the machine hung', () => {
    for (const typed of ['8920816', 'S22', '19550203', 'MIHONTAROU']) {
      const scanner = new Scanner()
      const kinds = [...typed].map(
        (c, i) => scanner.key(/\d/.test(c) ? `Digit${c}` : `Key${c}`, 1000 + i).kind,
      )
      expect(kinds.filter((kind) => kind === 'burst').length, typed).toBeLessThanOrEqual(
        typed === 'MIHONTAROU' ? 1 : 0,
      )
      expect(scanner.key('Enter', 1020).kind, typed).toBe('typing')
    }
  })
})
