import * as z from 'zod/mini'
import { File, FileKind, FileType } from './files.ts'
import { idOf } from './ids.ts'
import { route } from './route.ts'
import { Instant } from './time.ts'

const own = { tag: 'files', function: 'files', who: 'person' } as const
const one = z.strictObject({ fileId: idOf('file') })

/** A file and an address that shows it until an instant, to whoever has the address. */
const Shown = z.strictObject({ file: File, url: z.string(), until: Instant })

export const askUpload = route({
  name: 'askUpload',
  summary: { zh: '申请上传一个文件', en: 'Ask to upload a file' },
  ...own,
  body: z.strictObject({
    kind: FileKind,
    type: FileType,
    bytes: z.int().check(z.minimum(0), z.maximum(1_000_000_000)),
    name: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
  answer: {
    status: 201,
    /** `form`: where to send it (multipart/form-data), these fields first, then the file as `file`. It takes exactly this type and size, for a quarter of an hour. */
    body: z.strictObject({ file: File, form: z.strictObject({ url: z.string(), fields: z.record(z.string(), z.string()) }) }),
  },
  refusals: ['file-rejected', 'too-many-files', 'busy', 'outcome-unknown'],
})

export const inspectFile = route({
  name: 'inspectFile',
  summary: { zh: '检查已上传的文件', en: 'Have an uploaded file inspected' },
  ...own,
  params: one,
  answer: { status: 200, body: File },
  refusals: ['file-missing', 'file-rejected', 'busy', 'outcome-unknown'],
})

export const listMyFiles = route({
  name: 'listMyFiles',
  summary: { zh: '我上传的文件', en: 'Files I uploaded' },
  ...own,
  answer: { status: 200, body: z.strictObject({ files: z.array(File) }) },
  refusals: [],
})

export const showMyFile = route({
  name: 'showMyFile',
  summary: { zh: '查看我的文件', en: 'Look at a file of mine' },
  ...own,
  params: one,
  answer: { status: 200, body: Shown },
  refusals: [],
})

/** What a reviewer may open somebody's file for; it stands in the audit. */
export const readingPurposes = ['application-review', 'qualification-review', 'recheck', 'complaint'] as const

export const showFile = route({
  name: 'showFile',
  summary: { zh: '审核时查看文件', en: 'Look at somebody’s file for a purpose' },
  tag: 'files',
  function: 'files',
  who: { anyOf: ['platform:operator'] },
  params: z.strictObject({ personId: idOf('person'), fileId: idOf('file') }),
  body: z.strictObject({ purpose: z.enum(readingPurposes) }),
  answer: { status: 201, body: Shown },
  refusals: ['busy', 'outcome-unknown'],
})
