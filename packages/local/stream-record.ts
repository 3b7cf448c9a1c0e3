/** A record as the engine gives it and as a function is handed it: typed attributes, instants in epoch seconds, bytes as base64. */
export interface StreamRecord {
  eventID: string
  eventName: string
  eventVersion: string
  eventSource: string
  awsRegion: string
  eventSourceARN: string
  dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number; [name: string]: unknown }
}
