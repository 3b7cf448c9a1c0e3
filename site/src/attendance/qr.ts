import encodeQR from 'qr'
import { raw, type Html } from '../html.ts'

/** A QR of a text, black on white whatever the theme, with the quiet zone that readers need. `label` says what it is to who cannot see it. */
export function qrOf(text: string, label: string): Html {
  const svg = encodeQR(text, 'svg', { ecc: 'medium', border: 3 })
  const safe = label.replace(/[&<>"]/g, '')
  return raw(`<div class="qr" role="img" aria-label="${safe}">${svg.replace('<svg', '<svg aria-hidden="true" focusable="false"')}</div>`)
}
