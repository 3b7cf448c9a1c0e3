import type { Outcome, Problem } from '@skills/contract/client.ts'
import { fileTypes, pictureKinds, type File as Kept, type FileKind, type FileType } from '@skills/contract/files.ts'
import { callAsMe } from '../identity/my-api.ts'

/** The longest side a picture is sent with, pixels: what is kept in the end, and a tenth of what a phone would send. */
const sentSide = 2_400
/** Below this a picture is sent as it is, bytes. */
const smallEnough = 900_000

const isType = (type: string): type is FileType => (fileTypes as readonly string[]).includes(type)

/** Which files a device offers for a kind. */
export const acceptedTypes = (kind: FileKind) =>
  fileTypes.filter((type) => type !== 'application/pdf' || !pictureKinds.includes(kind)).join(',')

/** A large picture made smaller before it is sent, so that a phone on a poor network sends one megabyte in place of ten; anything else as it is. */
async function lightened(file: File): Promise<{ bytes: Blob; name: string; type: string }> {
  const asIs = { bytes: file, name: file.name, type: file.type }
  if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < smallEnough) return asIs
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, sentSide / Math.max(picture.width, picture.height))
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale))
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const bytes = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.88 })
    return bytes.size < file.size ? { bytes, name: file.name.replace(/\.[^.]*$/, '.jpg'), type: 'image/jpeg' } : asIs
  } catch {
    // A device that cannot do this sends what it has; the inspection makes it smaller.
    return asIs
  }
}

/** Sends a form and says how far it is, from 0 to 1. Throws when nothing answered or the bucket refused. */
function sendForm(url: string, parts: FormData, progress: (part: number) => void): Promise<void> {
  return new Promise((sent, lost) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
    request.onload = () => (request.status < 300 ? sent() : lost(new Error(`the bucket answered ${request.status}`)))
    request.onerror = () => lost(new Error('the bucket did not answer'))
    request.open('POST', url)
    request.send(parts)
  })
}

/** Sends a file of a person straight to the bucket and has it inspected. `progress`: how far, 0 to 1. Out: the file as it is kept, or why not; nothing where the network failed. */
export async function sendFile(
  kind: FileKind,
  chosen: File,
  progress: (part: number) => void,
): Promise<Outcome<Kept> | { ok: false; problem: Problem | undefined }> {
  const { bytes, name, type } = await lightened(chosen)
  const key = crypto.randomUUID()
  try {
    // What the device does not know is said to be a PDF; the inspection looks at the bytes.
    const body = { kind, type: isType(type) ? type : 'application/pdf', bytes: bytes.size, name }
    const asked = await callAsMe('askUpload', { body, key })
    if (!asked.ok) return asked
    const { file, form } = asked.value
    const parts = new FormData()
    for (const [field, value] of Object.entries(form.fields)) parts.append(field, value)
    parts.append('file', bytes, name)
    await sendForm(form.url, parts, progress)
    return await callAsMe('inspectFile', { params: { fileId: file.id }, key: `${key}-inspect` })
  } catch {
    return { ok: false, problem: undefined }
  }
}
