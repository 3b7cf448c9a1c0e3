import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  KMSClient,
  type DecryptCommandInput,
  type GenerateDataKeyCommandInput,
  type GenerateMacCommandInput,
  type KMSClientConfig,
} from '@aws-sdk/client-kms'
import { sdkTimeouts } from '../sdk-timeouts.ts'

export type Kms = ReturnType<typeof openKms>

/** The three things that are asked of KMS, and no other part of its client; a person waits, so for 2 s at most and twice. */
export function openKms(config: KMSClientConfig) {
  const client = new KMSClient({ maxAttempts: 2, ...sdkTimeouts(2_000), ...config })
  return {
    generateDataKey: (input: GenerateDataKeyCommandInput) => client.send(new GenerateDataKeyCommand(input)),
    decrypt: (input: DecryptCommandInput) => client.send(new DecryptCommand(input)),
    generateMac: (input: GenerateMacCommandInput) => client.send(new GenerateMacCommand(input)),
  }
}
