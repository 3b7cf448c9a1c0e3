import type { Payments } from './payment.ts'
import { stripeProvider } from './stripe.ts'

/** The payment provider of this deployment, out of its environment: Stripe, or where `STRIPE_ENDPOINT` is set, what stands there in its place. */
export function openPayments(environment: Record<string, string | undefined> = process.env): Payments {
  const secretKey = environment['STRIPE_SECRET_KEY'] ?? ''
  if (secretKey === '') throw new Error('The environment variable STRIPE_SECRET_KEY is missing')
  const secrets = (environment['STRIPE_WEBHOOK_SECRETS'] ?? '').split(',').map((secret) => secret.trim())
  const endpoint = environment['STRIPE_ENDPOINT'] ?? ''
  return {
    provider: stripeProvider({
      secretKey,
      webhookSecrets: secrets.filter((secret) => secret !== ''),
      ...(endpoint === '' ? {} : { endpoint: at(endpoint) }),
    }),
    livemode: /^[rs]k_live_/.test(secretKey),
  }
}

function at(address: string): { host: string; port: number; protocol: 'http' | 'https' } {
  const { hostname, port, protocol } = new URL(address)
  const secure = protocol === 'https:'
  return { host: hostname, port: Number(port || (secure ? 443 : 80)), protocol: secure ? 'https' : 'http' }
}
