import { createHmac } from 'node:crypto'
import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Voucher } from '@skills/contract/funding.ts'
import { readAccount } from '@skills/core/funding/account.table.ts'
import { mustBeActive } from '@skills/core/funding/program.ts'
import { checkVoucher, voucherCode, voucherCodeBytes, type VoucherTerms } from '@skills/core/funding/voucher.ts'
import { issueVoucher as issue } from '@skills/core/funding/voucher.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { ownProgram } from './own-program.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'

interface Call {
  actor: Actor
  command: Command
  params: { programId: string }
  body: VoucherTerms
}

/**
 * Issues a voucher and gives its code, this once. The code is made of the command and the house's secret, so that a repeated command can say it again although it
 * is kept nowhere. Refuses `program-not-active`, `validation-failed`, `budget-insufficient`.
 */
export async function issueVoucher(
  world: World,
  secret: string,
  { actor, command, params, body }: Call,
): Promise<{ voucher: Voucher; code: string }> {
  const chance = createHmac('sha256', secret).update(`voucher\n${command.id}`).digest().subarray(0, voucherCodeBytes)
  const code = voucherCode(chance.toString('base64url'))
  const voucher = await untilDone(world, command, async () => {
    const program = await ownProgram(world, actor, params.programId, 'manage')
    mustBeActive(program.program)
    const courseId = body.directedTo?.courseId ?? null
    const course = courseId === null ? undefined : await readItem(world.table, keys.course.key(courseId))
    checkVoucher(body, course !== undefined, world.now())
    const account = await readAccount(world.table, params.programId)
    return issue(world, command, { program, account, terms: body, code, by: actor.personId })
  })
  return { voucher, code }
}
