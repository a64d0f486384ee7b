import { describe, expect, it } from 'vitest'

import { withAnswer, withAnswers, withoutAnswer } from './answers'

const answers = [
  { key: 'procedure', value: 'pin-reset' },
  { key: 'pins.signature', value: 'unknown' },
  { key: 'pins.card-info-input', value: 'known' },
]
const words = (list: { key: string; value: string }[]) => list.map((a) => `${a.key}=${a.value}`)

describe('the list of answers', () => {
  it('keeps the place of an answer that is given again', () => {
    expect(words(withAnswer(answers, 'procedure', 'pin-change'))[0]).toBe('procedure=pin-change')
    expect(
      words(
        withAnswers(answers, [
          { key: 'visit', value: '2' },
          { key: 'procedure', value: 'pin-change' },
        ]),
      ),
    ).toEqual(['procedure=pin-change', 'pins.signature=unknown', 'pins.card-info-input=known', 'visit=2'])
  })

  it('lets one answer stand for every PIN, and takes them back with it', () => {
    const all = withAnswer(answers, 'pins', 'known')
    expect(words(all)).toEqual(['procedure=pin-reset', 'pins=known'])
    const some = [...all, { key: 'pins.signature', value: 'locked' }]
    expect(words(withoutAnswer(some, 'pins'))).toEqual(['procedure=pin-reset'])
    expect(words(withoutAnswer(some, 'pins.signature'))).toEqual(['procedure=pin-reset', 'pins=known'])
  })
})
