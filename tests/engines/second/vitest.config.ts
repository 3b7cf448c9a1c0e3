import { defineConfig } from 'vitest/config'

/** Runs on AWS's DynamoDB Local: its own contract file, then the claim's tests with `DYNAMODB_ENDPOINT` pointing there. */
export default defineConfig({
  test: {
    root: new URL('../../..', import.meta.url).pathname,
    include: ['tests/engines/second/*.test.ts', 'tests/enrollment/claim-*.test.ts'],
    globalSetup: ['tests/engines/second/start-engine.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 1,
  },
})
