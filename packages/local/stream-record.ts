import type { _Record } from '@aws-sdk/client-dynamodb-streams'
import { region } from './physical-names.ts'

export interface StreamRecord {
  eventID: string
  eventName: string
  eventVersion: string
  eventSource: string
  awsRegion: string
  eventSourceARN: string
  dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number; [name: string]: unknown }
}

/** A record as a function is handed it: instants in epoch seconds, bytes as base64. */
export function toEventRecord(record: _Record, stream: string): StreamRecord {
  const { ApproximateCreationDateTime: at, ...data } = record.dynamodb ?? {}
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? '',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ...(plain(data) as object),
      SequenceNumber: data.SequenceNumber ?? '',
      ApproximateCreationDateTime: Math.floor((at?.getTime() ?? 0) / 1000),
    },
    eventSourceARN: stream,
    ...(record.userIdentity && { userIdentity: { type: record.userIdentity.Type, principalId: record.userIdentity.PrincipalId } }),
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]))
}
