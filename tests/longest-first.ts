import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes each, the longest first: begun last they would run alone at the end. */
const long = ['tests/browser/', 'tests/order/crash', 'tests/waitlist/queue-race', 'tests/infra/', 'tests/contract/']

/** Begins with the files that take longest, so that the workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = long.findIndex((part) => moduleId.includes(part))
      return place < 0 ? long.length : place
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
