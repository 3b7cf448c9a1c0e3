import type { Outcome } from '@skills/contract/client.ts'
import { fileTypes, type FileType } from '@skills/contract/files.ts'
import { callAsMe } from '../../identity/my-api.ts'

const isFileType = (type: string): type is FileType => (fileTypes as readonly string[]).includes(type)

/** What a device may offer as a scan. */
export const proofTypes = fileTypes.join(',')

/** Sends a scan of a proof straight to the bucket and has it inspected; gives its id. Asked again with the same key it goes on from where it was. Throws when nothing answered. */
export async function sendProof(scan: File, key: string): Promise<Outcome<string>> {
  // What the device does not know is said to be a PDF; the inspection looks at the bytes.
  const type: FileType = isFileType(scan.type) ? scan.type : 'application/pdf'
  const asked = await callAsMe('askUpload', { body: { kind: 'qualification-proof', type, bytes: scan.size, name: scan.name }, key })
  if (!asked.ok) return asked
  const { file, form } = asked.value
  const parts = new FormData()
  for (const [name, value] of Object.entries(form.fields)) parts.append(name, value)
  parts.append('file', scan)
  const sent = await fetch(form.url, { method: 'POST', body: parts })
  if (!sent.ok) throw new Error(`the bucket answered ${sent.status}`)
  const inspected = await callAsMe('inspectFile', { params: { fileId: file.id }, key: `${key}-inspect` })
  return inspected.ok ? { ...inspected, value: inspected.value.id } : inspected
}
