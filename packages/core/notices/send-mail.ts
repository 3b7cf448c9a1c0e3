import { sdkTimeouts } from '../sdk-timeouts.ts'

/** A mail as text: bodies hold no picture, no tracking and no name. */
export interface Mail {
  subject: string
  text: string
}

/** Sends one mail to an address. */
export type SendMail = (address: string, mail: Mail) => Promise<void>

/**
 * Mail by SES, from an address whose identity is verified there; undefined where a deployment names none, and then none is sent. Never retried: a mail that may have been
 * sent is not sent again. A carrier that does not answer in 5 s is an error. The client is loaded with the first mail. What comes back (bounces, complaints) is SES's account-wide suppression list's.
 */
export function mailBySes(from: string | undefined): SendMail | undefined {
  if (from === undefined || from === '') return undefined
  const loaded = async () => {
    const { SendEmailCommand, SESv2Client } = await import('@aws-sdk/client-sesv2')
    return { client: new SESv2Client({ maxAttempts: 1, ...sdkTimeouts(5_000) }), SendEmailCommand }
  }
  let opened: ReturnType<typeof loaded> | undefined
  return async (address, { subject, text }) => {
    const { client, SendEmailCommand } = await (opened ??= loaded())
    const content = (Data: string) => ({ Data, Charset: 'UTF-8' })
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [address] },
        Content: { Simple: { Subject: content(subject), Body: { Text: content(text) } } },
      }),
    )
  }
}
