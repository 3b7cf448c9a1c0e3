import { randomUUID } from 'node:crypto'
import type { Double } from './doubles.ts'
import type { Mailbox } from './mailbox.ts'
import { readAll } from './request-body.ts'

/** SNS as far as text messages go: `Publish` to a telephone number puts the message into the mailbox (AWS query protocol). */
export function createSnsDouble(mailbox: Mailbox): Double {
  return async (request, response) => {
    const form = new URLSearchParams((await readAll(request)).toString())
    const to = form.get('PhoneNumber')
    const text = form.get('Message')
    const headers = { 'content-type': 'text/xml' }
    if (form.get('Action') !== 'Publish' || !to || !/^\+[1-9]\d{6,14}$/.test(to) || !text) {
      const wrong = `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>only Publish of a Message to a PhoneNumber is played here</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`
      response.writeHead(400, headers).end(wrong)
      return
    }
    mailbox.add({ at: new Date().toISOString(), to, text })
    const done = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${randomUUID()}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`
    response.writeHead(200, headers).end(done)
  }
}
