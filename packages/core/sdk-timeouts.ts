/**
 * The part of an SDK client's settings that says how long it waits: milliseconds for an answer and for a connection. Without
 * `throwOnRequestTimeout` the SDK only warns, and whoever waits would wait for a dead connection until the function itself is ended.
 */
export function sdkTimeouts(requestMs: number, connectionMs = 1_000) {
  return { requestHandler: { requestTimeout: requestMs, connectionTimeout: connectionMs, throwOnRequestTimeout: true } }
}
