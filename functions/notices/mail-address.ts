import { createHmac } from 'node:crypto'
import type { Actor, Command } from '@skills/contract/actor.ts'
import type { NoticeSettings } from '@skills/contract/notices.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { doneBefore } from '@skills/core/command.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import type { SendMail } from '@skills/core/notices/send-mail.ts'
import { readSettings, takeTry, writeSettings } from '@skills/core/notices/settings.table.ts'
import { consentNotices, consents } from '@skills/core/people/consent.ts'
import { mailAddress } from '@skills/core/people/mail-address.ts'
import { seal } from '@skills/core/people/personal-data.ts'
import { countTry } from '@skills/core/people/tries.table.ts'
import { readItem } from '@skills/core/table.ts'
import { getNoticeSettings, type Reaching } from './notice-settings.ts'

/** How long a mailed code holds, and how often it may be tried: five guesses among a million. */
const codeMinutes = 10
const codeTries = 5

export interface Mailing extends Reaching {
  sendMail: SendMail | undefined
  /** The house's own secret, for the keyed hash of a code: six digits alone would be found from any other hash. */
  secretKey: string
  /** Hears that a code could not be sent; the person asks for another. */
  lost: (error: unknown) => void
}

const digestOf = (secretKey: string, personId: string, code: string, until: string) =>
  createHmac('sha256', secretKey).update(`mail-code|${personId}|${until}|${code}`).digest('base64url')

interface Ask {
  actor: Actor
  command: Command
  body: { address: string }
}

/**
 * Keeps an address sealed and mails a code to it, once for each key; it counts only when the code comes back. The one before stays in use until then. Refuses `mail-not-agreed`,
 * `mail-not-offered`, `validation-failed`, `rate-limited` (five codes a day).
 */
export async function askMail(mailing: Mailing, { actor: { personId }, command, body }: Ask): Promise<{ until: string }> {
  const { world, vault, sendMail, secretKey } = mailing
  if (sendMail === undefined) throw new Refusal('mail-not-offered')
  const judged = mailAddress(body.address)
  if (!judged.ok)
    throw new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/address', code: judged.code, detail: judged.detail }] })
  if (!consents(await readItem(world.table, keys.consent.key(personId, 'mail')), 'mail'))
    throw new Refusal('mail-not-agreed', { notice: consentNotices.mail.version })
  const done = await doneBefore<{ until: string }>(world, command)
  if (done !== undefined) return done.answer
  await countTry(world, personId, 'mailTries')
  const code = String(world.chance(1_000_000)).padStart(6, '0')
  const until = plusMinutes(world.now(), codeMinutes)
  const key = await vault.newKey(personId)
  let mine = ''
  await untilDone(world, command, async () => {
    const before = await readSettings(world, personId)
    const sealedAt = (before?.version ?? 0) + 1
    const sealed = seal(key, { personId, field: 'mail', version: sealedAt }, judged.address, world.secret(12))
    const pending = {
      sealed,
      wrappedKey: key.wrapped,
      sealedAt,
      digest: digestOf(secretKey, personId, code, until),
      until,
      triesLeft: codeTries,
    }
    mine = pending.digest
    return writeSettings(world, command, personId, { action: 'ask-mail', pending }, before, { until })
  })
  // Of two that ask with one key at once, the one whose code was written sends it.
  if ((await readSettings(world, personId))?.pending?.digest === mine)
    await sendMail(judged.address, {
      subject: '【技能培训超市】邮箱验证码 · Your code',
      text: `您的验证码是 ${code}，10 分钟内有效。如果不是您本人操作，请不用理会。\n\nYour code is ${code}. It holds for 10 minutes. If this was not you, do nothing.`,
    }).catch(mailing.lost)
  return { until }
}

interface Confirm {
  actor: Actor
  command: Command
  body: { code: string }
}

/** Takes an address into use when the code that was mailed to it comes back in time. A try is counted before it is compared. Refuses `mail-code-wrong`, `mail-code-over`. */
export async function confirmMail(mailing: Mailing, { actor, command, body }: Confirm): Promise<NoticeSettings> {
  const { world, secretKey } = mailing
  const { personId } = actor
  if ((await doneBefore(world, command)) !== undefined) return getNoticeSettings(mailing, { actor })
  const before = await readSettings(world, personId)
  const pending = before?.pending ?? null
  if (pending === null || pending.until <= world.now() || !(await takeTry(world, personId, pending.digest)))
    throw new Refusal('mail-code-over')
  if (digestOf(secretKey, personId, body.code.trim(), pending.until) !== pending.digest) {
    const left = pending.triesLeft - 1
    throw left > 0 ? new Refusal('mail-code-wrong', { left }) : new Refusal('mail-code-over')
  }
  const { sealed, wrappedKey, sealedAt } = pending
  await untilDone(world, command, async () => {
    const now = await readSettings(world, personId)
    if (now?.pending?.digest !== pending.digest) throw new Refusal('mail-code-over')
    return writeSettings(world, command, personId, { action: 'confirm-mail', mail: { sealed, wrappedKey, sealedAt }, pending: null }, now, {
      saved: true,
    })
  })
  return getNoticeSettings(mailing, { actor })
}

/** Takes the caller's address away, and one that waits for its code. */
export async function dropMail(reaching: Reaching, { actor, command }: { actor: Actor; command: Command }): Promise<NoticeSettings> {
  const { world } = reaching
  await untilDone(world, command, async () => {
    const before = await readSettings(world, actor.personId)
    return writeSettings(world, command, actor.personId, { action: 'drop-mail', mail: null, pending: null }, before, { saved: true })
  })
  return getNoticeSettings(reaching, { actor })
}
