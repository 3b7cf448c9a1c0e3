const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  xml: 'application/xml',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  ics: 'text/calendar; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
}

/** The media type a deployment gives a file by its name. */
export function mediaType(name: string): string {
  return types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
}

/** What CloudFront compresses: texts of 1,000 to 10,000,000 bytes ("Serve compressed files"). */
export function isCompressible(type: string, size: number): boolean {
  return size >= 1_000 && size <= 10_000_000 && /^(text\/|application\/(json|javascript|xml|manifest\+json)|image\/svg)/.test(type)
}
