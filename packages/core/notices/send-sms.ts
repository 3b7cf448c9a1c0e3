import { PublishCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns'
import { sdkTimeouts } from '../sdk-timeouts.ts'

/** Sends one text message to a number in E.164. */
export type SendSms = (mobile: string, text: string) => Promise<void>

/** Text messages by SNS. Never retried: a message that may have been sent is not sent again. A carrier that does not answer in 3 s is an error. */
export function smsBySns(config: SNSClientConfig = {}): SendSms {
  const sns = new SNSClient({
    maxAttempts: 1,
    ...sdkTimeouts(3_000),
    ...config,
  })
  return async (mobile, text) => {
    await sns.send(
      new PublishCommand({
        PhoneNumber: mobile,
        Message: text,
        MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' } },
      }),
    )
  }
}
