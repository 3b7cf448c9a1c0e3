/** The issuer's clock may be ahead of ours by so many seconds, as for every other time in a token. */
const toleranceSeconds = 60

/**
 * Whether somebody signed in not long ago (RFC 9470). In: the token's `auth_time` in seconds since 1970 (undefined when it has none that is a number), the
 * instant now, the greatest age in minutes. A sign-in at a time nobody knows, or in the future, is not a recent one.
 */
export function isRecent(authTime: number | undefined, now: string, minutes: number): boolean {
  if (authTime === undefined) return false
  const seconds = Date.parse(now) / 1000 - authTime
  return seconds >= -toleranceSeconds && seconds <= minutes * 60
}
