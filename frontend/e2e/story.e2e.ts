import { expect, picture, test } from './program'

test('the desk opens with the card', async ({ desk }) => {
  await desk.waitForTimeout(1500)
  await picture(desk, 'desk-open')
  expect(true).toBe(true)
})
