/**
 * Does the work for every item, at most `limit` at once. One that fails does not stop the others: out come the answers, in the order of the
 * items, and the failed items with their errors. Who calls decides what a failure means.
 */
export async function atOnce<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<{ answers: R[]; failed: { item: T; error: unknown }[] }> {
  const settled = new Array<PromiseSettledResult<R>>(items.length)
  const queue = items.entries()
  const worker = async () => {
    for (const [place, item] of queue) {
      // Inside an async function, so that an error thrown before the first promise counts too.
      const [result] = await Promise.allSettled([(async () => work(item))()])
      settled[place] = result
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return {
    answers: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    failed: settled.flatMap((one, place) => (one.status === 'rejected' ? [{ item: items[place] as T, error: one.reason as unknown }] : [])),
  }
}
