import { describe, expect, test } from 'vitest'
import { atOnce } from './at-once.ts'

describe('work for many items at once', () => {
  test('goes on after a failure, and tells which items failed', async () => {
    const seen: number[] = []
    const { answers, failed } = await atOnce([1, 2, 3, 4, 5], 2, (n) => {
      seen.push(n)
      if (n % 2 === 0) throw new Error(`no ${n}`)
      return Promise.resolve(n * 10)
    })
    expect(seen).toEqual([1, 2, 3, 4, 5])
    expect(answers).toEqual([10, 30, 50])
    expect(failed.map(({ item, error }) => [item, (error as Error).message])).toEqual([
      [2, 'no 2'],
      [4, 'no 4'],
    ])
  })

  test('never has more in hand than the limit', async () => {
    let now = 0
    let most = 0
    await atOnce([...Array(20).keys()], 3, async () => {
      most = Math.max(most, (now += 1))
      await new Promise((resolve) => setImmediate(resolve))
      now -= 1
    })
    expect(most).toBe(3)
  })
})
