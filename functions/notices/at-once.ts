/** Does something with each item, at most `most` at a time. One that fails does not stop the others; out come the failed ones. */
export async function atOnce<T>(
  items: readonly T[],
  most: number,
  does: (item: T) => Promise<void>,
): Promise<{ item: T; error: unknown }[]> {
  const failed: { item: T; error: unknown }[] = []
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) await does(item).catch((error: unknown) => void failed.push({ item, error }))
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
  return failed
}
