interface Parts {
  status?: number
  type?: 'invalid_request_error' | 'idempotency_error' | 'api_error'
  code?: string
  param?: string
  /** A check of parameters is not remembered under an idempotency key; what was tried and refused is. */
  kept?: boolean
}

/** The page that explains a code. */
export function docOf(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`
}

/** What Stripe says instead of an object. */
export class StripeRefusal extends Error {
  status: number
  kept: boolean
  body: { error: Record<string, string> }
  constructor(message: string, { status = 400, type = 'invalid_request_error', code, param, kept = false }: Parts = {}) {
    super(message)
    this.status = status
    this.kept = kept
    this.body = {
      error: { ...(code === undefined ? {} : { code, doc_url: docOf(code) }), message, ...(param === undefined ? {} : { param }), type },
    }
  }
}

/** 404 as Stripe says it; `what` is its word for the kind of object, `param` where the id stood. */
export function missing(what: string, id: string, param = 'id'): StripeRefusal {
  return new StripeRefusal(`No such ${what}: '${id}'`, { status: 404, code: 'resource_missing', param })
}
