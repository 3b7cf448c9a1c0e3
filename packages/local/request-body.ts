import type { IncomingMessage } from 'node:http'

/** All bytes of a request to a double. */
export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
