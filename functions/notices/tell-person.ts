import { channels as allChannels, type Channel } from '@skills/contract/notices.ts'
import { keys } from '@skills/core/keys.ts'
import { noticeOf, type NoticeSubject, type Occasion } from '@skills/core/notices/notice.ts'
import { tellOnce, type Stamp } from '@skills/core/notices/notice.table.ts'
import { quietEnd } from '@skills/core/notices/quiet-hours.ts'
import { beginSending, deferSending, endSending } from '@skills/core/notices/sending.table.ts'
import { quietOf, settingsOf } from '@skills/core/notices/settings.ts'
import { urgency } from '@skills/core/notices/urgency.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import type { PersonKey } from '@skills/core/people/personal-data.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { wayTo, type Channels, type Way } from './channels.ts'
import { handOver } from './hand-over.ts'
import { happening } from './happening.ts'

export interface Telling {
  /** Names the event; with the person it names what is done once. */
  event: string
  stamp: Stamp
  /** What happened, and when. */
  told: OutboxEvent
  toldAt: string
  subject: NoticeSubject
  /** Whether a message that cannot be made now is still worth trying later. */
  mayWait: boolean
}

/**
 * Tells one person of one event: the notice once, and a message by each channel she agreed to and wants, at most once each. In her quiet hours messages are kept for their end, unless they
 * are urgent. May be called again after any failure; what was done is not done twice. Out: `waits` when the notice is told and the keys of personal data do not open now, so that a
 * message is still owed.
 */
export async function tellPerson(world: World, channels: Channels, telling: Telling, personId: string): Promise<'told' | 'waits'> {
  const event = `${telling.event}:${personId}`
  const [told, settings, profile, ...rest] = await readItems(world.table, [
    keys.effect.key('notices', event),
    keys.noticeSettings.key(personId),
    keys.profile.key(personId),
    ...allChannels.flatMap((channel) => [keys.effect.key(channel, event), keys.consent.key(personId, channel)]),
  ])
  const { stamp, subject, toldAt } = telling
  const occasion = telling.told.type
  // Of a case the site tells since the change itself.
  if (told === undefined && occasion !== 'case-news') await tellOnce(world, event, personId, { ...stamp, ...noticeOf(occasion, subject) })

  const consent = { sms: rest[1], mail: rest[3] }
  const done = { sms: rest[0], mail: rest[2] }
  const quiet = quietEnd(quietOf(settingsOf(settings)), world.now())
  const held = quiet !== undefined && urgency(happening(telling.told, subject.run), world.now(), quiet) === undefined ? quiet : undefined
  let owed = false
  for (const channel of allChannels) {
    const way = wayTo(channels, { personId, settings, profile, consent }, channel, occasion)
    if (way === undefined || done[channel] !== undefined) continue
    const message = { channel, event, personId }
    if (held !== undefined) await deferSending(world, message, telling.told, toldAt, held)
    else if ((await sendNow(world, channels, message, { way, occasion, subject, mayWait: telling.mayWait })) === 'waits') owed = true
  }
  return owed ? 'waits' : 'told'
}

interface Sending {
  way: Way
  occasion: Occasion
  subject: NoticeSubject
  mayWait: boolean
}

/** Sends at most once: the guard is taken before the carrier hears of the message. What breaks between the two is found by the sweep and said to be lost. */
async function sendNow(
  world: World,
  channels: Channels,
  message: { channel: Channel; event: string; personId: string },
  { way, occasion, subject, mayWait }: Sending,
): Promise<'told' | 'waits'> {
  const { channel, event } = message
  let key: PersonKey
  try {
    key = await way.openKey(channels.vault)
  } catch (error) {
    if (mayWait) return 'waits'
    if (await beginSending(world, message)) {
      await endSending(world, { consumer: channel, event }, 'sending', 'lost', 'keys')
      channels.lost(channel, error)
    }
    return 'told'
  }
  if (await beginSending(world, message))
    await handOver(world, channels, { consumer: channel, event }, () => way.send(channels, key, occasion, subject))
  return 'told'
}
