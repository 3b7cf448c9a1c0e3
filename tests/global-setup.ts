import { synthesize } from './synthesize.ts'

/** Before any test: the templates, once. Tests that need the live stack read them (`tests/stack.ts`). */
export default function setup(): void {
  synthesize()
}
