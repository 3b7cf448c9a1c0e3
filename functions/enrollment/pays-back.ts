import type { World } from '@skills/core/world.ts'
import { previewRefund } from './preview-refund.ts'

/** Whether leaving now would send money back to whoever paid, the caller or an employer. In: the caller and the enrollment. Refuses `not-found`. */
export async function paysBack(world: World, call: Parameters<typeof previewRefund>[1]): Promise<boolean> {
  const { learnerFen, employerFen } = await previewRefund(world, call)
  return learnerFen + employerFen > 0
}
