import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { openSiteBucket } from '@skills/core/catalog/site-bucket.ts'
import { expect, test } from 'vitest'
import { localAccess } from '../test-table.ts'

test('a bucket that takes the request and never answers ends in an error, not in waiting', async () => {
  const silent = createServer()
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  try {
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    await expect(openSiteBucket('site', { endpoint, maxAttempts: 1, ...localAccess }).read('x')).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  } finally {
    silent.close()
  }
}, 15_000)
