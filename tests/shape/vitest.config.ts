import { defineConfig } from 'vitest/config'

/** The shape tests alone: they read files and need no stack. */
export default defineConfig({ test: { root: new URL('../..', import.meta.url).pathname, include: ['tests/shape/**/*.test.ts'] } })
