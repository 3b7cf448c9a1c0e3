import { randomUUID } from 'node:crypto'
import type { Double } from './doubles.ts'
import type { Mailbox } from './mailbox.ts'
import { readAll } from './request-body.ts'

interface Outbound {
  FromEmailAddress?: string
  Destination?: { ToAddresses?: string[] }
  Content?: { Simple?: { Subject?: { Data?: string }; Body?: { Text?: { Data?: string } } } }
}

/** SES v2 as far as simple text mails go: `SendEmail` to one address puts the mail into the mailbox. */
export function createSesDouble(mailbox: Mailbox): Double {
  return async (request, response, path) => {
    const { FromEmailAddress: from, Destination, Content } = JSON.parse((await readAll(request)).toString() || '{}') as Outbound
    const [to, ...more] = Destination?.ToAddresses ?? []
    const subject = Content?.Simple?.Subject?.Data
    const text = Content?.Simple?.Body?.Text?.Data
    const headers = { 'content-type': 'application/json' }
    if (path !== '/v2/email/outbound-emails' || !from || !to || more.length > 0 || !/^[^@\s]+@[^@\s]+$/.test(to) || !subject || !text) {
      const message = 'only SendEmail of a simple text to one address is played here'
      response.writeHead(400, { ...headers, 'x-amzn-errortype': 'BadRequestException' }).end(JSON.stringify({ message }))
      return
    }
    mailbox.add({ at: new Date().toISOString(), to, subject, text })
    response.writeHead(200, headers).end(JSON.stringify({ MessageId: randomUUID() }))
  }
}
