/** Our mark: a price tag whose bar code climbs like skill levels. */
export const mark =
  '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path d="M11 1h15a5 5 0 0 1 5 5v20a5 5 0 0 1-5 5H6a5 5 0 0 1-5-5V11z" fill="#00634f"/><circle cx="10" cy="10" r="2.600" fill="#ffd23f"/><path d="M6 21h3v6H6zM11 18h3v9h-3zM16 14h3v13h-3zM21 10h4v17h-4z" fill="#ffd23f"/></svg>'
