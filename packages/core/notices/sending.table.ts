import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Channel } from '@skills/contract/notices.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { dueAttributes } from '../due.ts'
import { held } from '../held.ts'
import { keys } from '../keys.ts'
import type { OutboxEvent } from '../outbox.ts'
import type { Item } from '../table.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { sendingMinutes, type SendingItem } from './sending.ts'

/** Reads a message out of its item. Older guards have no state: what they guard is done. */
export function sendingOf(item: Item | undefined): SendingItem | undefined {
  return item?.['state'] === undefined ? undefined : (item as unknown as SendingItem)
}

export interface Addressed {
  channel: Channel
  /** Names the event and the person. */
  event: string
  personId: string
}

/** Takes a message for this caller alone, before it is handed to the carrier. Out: false when somebody has it already. */
export function beginSending(world: World, message: Addressed): Promise<boolean> {
  return begin(world, message, { state: 'sending' }, plusMinutes(world.now(), sendingMinutes))
}

/** Keeps a message until an instant, when the sweep judges it anew. Out: false when it was taken or kept before. */
export function deferSending(world: World, message: Addressed, told: OutboxEvent, toldAt: string, until: string): Promise<boolean> {
  return begin(world, message, { state: 'waiting', told, toldAt }, until)
}

async function begin(world: World, { channel, event, personId }: Addressed, more: Partial<SendingItem>, due: string): Promise<boolean> {
  // `taker` is chance: two takers must never write the same bytes, or the engine would take the second for a repetition of the first and let both win.
  const item = {
    ...keys.effect.key(channel, event),
    ...{ consumer: channel, event, personId, at: world.now(), taker: world.secret(12) },
    ...more,
    ...dueAttributes('message', personId, due),
  }
  return 'answer' in (await transact(world, undefined, [{ name: 'effect', put: { item, condition: 'attribute_not_exists(pk)' } }], true))
}

const key = ({ consumer, event }: Pick<SendingItem, 'consumer' | 'event'>) => keys.effect.key(consumer, event)

/** Takes a message that waited, for this caller alone, before it is handed to the carrier. Out: false when another sweep has it. */
export function takeWaiting(world: World, sending: SendingItem): Promise<boolean> {
  return change(world, sending, 'waiting', 'SET #state = :next, #taker = :taker, #due = :due', {
    ':next': 'sending',
    ':taker': world.secret(12),
    ':due': plusMinutes(world.now(), sendingMinutes),
  })
}

/** Lets a message wait on, until the end of the quiet hours it would have left in. */
export function waitOn(world: World, sending: SendingItem, until: string): Promise<boolean> {
  return change(world, sending, 'waiting', 'SET #due = :due', { ':due': until })
}

/** Writes down what became of a message; it is due no more. What it was about goes, what became of it stays for ever. */
export function endSending(
  world: World,
  sending: Pick<SendingItem, 'consumer' | 'event'>,
  from: 'waiting' | 'sending',
  to: 'sent' | 'dropped' | 'lost',
  reason?: string,
): Promise<boolean> {
  return change(
    world,
    sending,
    from,
    `SET #state = :next, #endedAt = :now${reason === undefined ? '' : ', #reason = :reason'} REMOVE #told, #bucket, #due`,
    { ':next': to, ':now': world.now(), ...(reason === undefined ? {} : { ':reason': reason }) },
  )
}

function change(
  world: World,
  sending: Pick<SendingItem, 'consumer' | 'event'>,
  from: SendingItem['state'],
  set: string,
  values: Record<string, unknown>,
): Promise<boolean> {
  const all = { '#state': 'state', '#taker': 'taker', '#due': 'dueAt', '#bucket': 'dueBucket', '#endedAt': 'endedAt' }
  const names = { ...all, '#reason': 'reason', '#told': 'told' }
  const used = Object.entries(names).filter(([name]) => name === '#state' || set.includes(name))
  return held(() =>
    world.table.client.send(
      new UpdateCommand({
        TableName: world.table.name,
        Key: key(sending),
        UpdateExpression: set,
        ConditionExpression: '#state = :from',
        ExpressionAttributeNames: Object.fromEntries(used),
        ExpressionAttributeValues: { ...values, ':from': from },
      }),
    ),
  )
}
