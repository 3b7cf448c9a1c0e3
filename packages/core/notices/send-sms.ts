import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'

/** Sends one text message to a number in E.164. */
export type SendSms = (mobile: string, text: string) => Promise<void>

/** Text messages by SNS. Never retried: a message that may have been sent is not sent again. */
export function smsBySns(
  sns = new SNSClient({ maxAttempts: 1, requestHandler: { requestTimeout: 5_000, connectionTimeout: 1_000 } }),
): SendSms {
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
