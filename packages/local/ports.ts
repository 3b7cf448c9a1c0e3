import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A port nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server, 0)
  await new Promise((done) => server.close(done))
  return port
}

/** Listens on the wished port, or on any other when that one is taken; gives the port it got. Host is this machine only. */
export function listen(server: Server, wished: number): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if ((error.code === 'EADDRINUSE' || error.code === 'EACCES') && wished !== 0) done(listen(server, 0))
      else fail(error)
    })
    server.listen(wished, '127.0.0.1', 1_024, () => {
      server.removeAllListeners('error')
      done((server.address() as AddressInfo).port)
    })
  })
}

/** Stops a server at once: open connections are cut. */
export function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })
}
