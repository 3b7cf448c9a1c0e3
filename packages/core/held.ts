import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'

/** Does a conditional write of one item; says whether its condition held. Other errors are thrown. */
export async function held(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}
