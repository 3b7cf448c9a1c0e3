import * as z from 'zod/mini'

/** How a list is asked for: `limit` items after the place that a sealed `cursor` holds. */
export const PageQuery = {
  limit: z.optional(
    z.pipe(z.string().check(z.regex(/^\d{1,4}$/)), z.pipe(z.transform(Number), z.int().check(z.minimum(1), z.maximum(100)))),
  ),
  cursor: z.optional(z.string().check(z.maxLength(1024))),
}

/** A page of a list; `next` is the cursor of the next page, or null at the end. */
export function pageOf<T extends z.ZodMiniType>(item: T) {
  return z.strictObject({ items: z.array(item), next: z.nullable(z.string()) })
}
