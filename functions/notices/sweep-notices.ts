import { channels as allChannels } from '@skills/contract/notices.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { readDue } from '@skills/core/due.ts'
import { keys } from '@skills/core/keys.ts'
import { quietEnd } from '@skills/core/notices/quiet-hours.ts'
import { isTooLate, type SendingItem } from '@skills/core/notices/sending.ts'
import { endSending, sendingOf, takeWaiting, waitOn } from '@skills/core/notices/sending.table.ts'
import { quietOf, settingsOf } from '@skills/core/notices/settings.ts'
import { urgency } from '@skills/core/notices/urgency.ts'
import { readItem, readItems, type Key } from '@skills/core/table.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { noRun, type NoticeSubject } from '@skills/core/notices/notice.ts'
import { errorFields, log } from '@skills/http/log.ts'
import { wayTo, type Channels } from './channels.ts'
import { handOver } from './hand-over.ts'
import { happening, saidBy } from './happening.ts'
import { openChannels } from './open-channels.ts'
import { Event } from './outbox-event.ts'
import { givingUp } from './patient-vault.ts'
import { stillOfCase } from './still-open.ts'
import { stillConcerns } from './whom-it-concerns.ts'

/** How many messages one sweep takes on, and how long it does so: it must end well inside the function's time. What is left is still due in a minute. */
const mostMessages = 1_000
const mostMs = 40_000

export interface SweptNotices {
  sent: number
  /** No longer true, or no longer wanted. */
  dropped: number
  /** Refused by the carrier, or their sender died with them. */
  lost: number
  /** Quiet hours that were changed, or keys that do not open now. */
  waiting: number
}

/**
 * Sends what waited for the end of quiet hours, and writes down what was under way when its sender died. The index only advises: each message is read again, judged by what is true now, and
 * taken by a conditional write before the carrier hears of it, so sweeps may overlap and repeat.
 */
export async function sweepNotices(world: World, channels: Channels): Promise<SweptNotices> {
  const counts: SweptNotices = { sent: 0, dropped: 0, lost: 0, waiting: 0 }
  const started = world.tick()
  const patient = { ...channels, vault: givingUp(channels.vault) }
  const due = await readDue(world.table, 'message', world.now(), mostMessages)
  const { failed } = await atOnce(due, 8, async (key) => {
    if (world.tick() - started > mostMs) return
    const came = await sweepOne(world, patient, key)
    if (came !== undefined) counts[came] += 1
  })
  for (const { error } of failed)
    log({ at: world.now(), level: 'error', function: 'sweep-notices', event: 'message-not-swept', ...errorFields(error) })
  if (failed.length > 0) throw new Error(`${failed.length} messages not swept`)
  return counts
}

async function sweepOne(world: World, channels: Channels, key: Key): Promise<keyof SweptNotices | undefined> {
  const sending = sendingOf(await readItem(world.table, key))
  const now = world.now()
  if (sending?.dueAt === undefined || sending.dueAt > now) return undefined
  if (sending.state === 'sending') {
    // It was taken and nobody came back to say what became of it: the carrier may have it or not, so it is not sent again.
    if (!(await endSending(world, sending, 'sending', 'lost', 'sender-died'))) return undefined
    channels.lost(sending.consumer, new Error('the sender of a message died with it'))
    return 'lost'
  }
  if (sending.state !== 'waiting') return undefined
  const drop = async (reason: string) =>
    (await endSending(world, sending, 'waiting', 'dropped', reason)) ? ('dropped' as const) : undefined
  const parsed = Event.safeParse(sending.told)
  if (!parsed.success) return drop('not-understood')
  const event = parsed.data as OutboxEvent
  if (event.type === 'case-news') {
    if (isTooLate(sending, now)) return drop('too-late')
    return (await stillOfCase(world, event)) ? send(world, channels, sending, event, noRun) : drop('no-longer-true')
  }
  const run = runOf(await readItem(world.table, keys.run.key(event.runId)))
  if (run === undefined) return drop('not-understood')
  if (isTooLate(sending, now)) return drop('too-late')
  if (isOver(event.type, run.run.meetings, now)) return drop('run-over')
  if ('until' in event && event.until <= now) return drop('deadline-over')
  if (!(await stillConcerns(world, event, run, sending.personId))) return drop('no-longer-true')
  return send(world, channels, sending, event, run)
}

/** Whether a run has nothing ahead that a message about its meetings could still help with. */
function isOver(type: string, meetings: readonly { endsAt: string }[], now: string): boolean {
  const about = ['seat-claimed', 'run-changed', 'run-cancelled', 'run-merged', 'run-confirmed', 'instructor-sought'].includes(type)
  return about && meetings.every(({ endsAt }) => endsAt <= now)
}

async function send(
  world: World,
  channels: Channels,
  sending: SendingItem,
  event: OutboxEvent,
  about: NoticeSubject,
): Promise<keyof SweptNotices | undefined> {
  const { personId, consumer } = sending
  const [settings, profile, ...consent] = await readItems(world.table, [
    keys.noticeSettings.key(personId),
    keys.profile.key(personId),
    ...allChannels.map((channel) => keys.consent.key(personId, channel)),
  ])
  const way = wayTo(channels, { personId, settings, profile, consent: { sms: consent[0], mail: consent[1] } }, consumer, event.type)
  if (way === undefined) return (await endSending(world, sending, 'waiting', 'dropped', 'not-wanted')) ? 'dropped' : undefined
  const now = world.now()
  const quiet = quietEnd(quietOf(settingsOf(settings)), now)
  if (quiet !== undefined && urgency(happening(event, about.run), now, quiet) === undefined) {
    await waitOn(world, sending, quiet)
    return 'waiting'
  }
  const key = await way.openKey(channels.vault).catch(() => undefined)
  // Due again with the next sweep, until it is too late to be worth anything.
  if (key === undefined) return 'waiting'
  if (!(await takeWaiting(world, sending))) return undefined
  const subject = { ...about, said: { ...saidBy(event), ...(sending.toldAt === undefined ? {} : { at: sending.toldAt }) } }
  return handOver(world, channels, sending, () => way.send(channels, key, event.type, subject))
}

let real: { world: World; channels: Channels } | undefined

/** Invoked by a schedule. */
export async function handler(): Promise<SweptNotices> {
  if (real === undefined) {
    const world = realWorld()
    real = { world, channels: openChannels(world, 'sweep-notices') }
  }
  return sweepNotices(real.world, real.channels)
}
