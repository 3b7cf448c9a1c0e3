import { mostFileBytes, pictureKinds, type File, type FileFault, type FileKind, type FileType } from '@skills/contract/files.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'

/** A file as the table holds it. */
export interface FileItem extends History {
  personId: string
  file: File
}

/** How long a form can be sent, and how long a file has to arrive and be inspected before it is taken away. Minutes. */
export const formMinutes = 15
const arrivalMinutes = 60
/** How many files one person may be sending at once, and have in all: enough for a provider with twenty venues. */
const mostAsked = 30
const mostFiles = 400

/** Whether a person may send one more: files that lapsed or were rejected hold nothing and count for nothing. Refuses `too-many-files` with the limit that was met. */
export function refuseMore(files: readonly Pick<File, 'state'>[]): void {
  const asked = files.filter(({ state }) => state === 'asked').length
  const kept = files.filter(({ state }) => state === 'accepted').length
  if (asked >= mostAsked) throw new Refusal('too-many-files', { limit: tooMany.asked })
  if (asked + kept >= mostFiles) throw new Refusal('too-many-files', { limit: tooMany.all })
}
const tooMany = {
  asked: {
    zh: `同时上传的文件最多 ${mostAsked} 个，请等前面的检查完再传`,
    en: `at most ${mostAsked} files can be on their way at once; finish those first`,
  },
  all: {
    zh: `每人最多保存 ${mostFiles} 个文件，已经满了，请联系平台客服`,
    en: `a person keeps at most ${mostFiles} files, and has them; ask the platform for help`,
  },
}

const extensions: Record<FileType, readonly string[]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'application/pdf': ['pdf'],
}

/** What each fault is called before a person, with what she can do. */
const faultWords: Record<FileFault, Text> = {
  empty: { zh: '文件是空的，请重新选择。', en: 'The file is empty. Choose it again.' },
  size: { zh: '收到的大小与所选文件不一致，请重新上传。', en: 'What arrived is not as large as the chosen file. Upload it again.' },
  name: {
    zh: '文件名里有不允许的字符，或有两个扩展名。请改成“执照.jpg”这样的名字再传。',
    en: 'The name holds characters that are not allowed, or two extensions. Rename it like “licence.jpg” and try again.',
  },
  'not-this-type': {
    zh: '文件内容与类型不符。请用 JPG、PNG 图片或 PDF，不要只改扩展名。',
    en: 'The content is not of this type. Use a JPEG or PNG picture or a PDF; renaming the extension is not enough.',
  },
  broken: { zh: '文件损坏，打不开。请重新拍照或导出。', en: 'The file is damaged and cannot be opened. Take or export it again.' },
  'too-many-pixels': {
    zh: '图片像素太大，请缩小到 1600 万像素以内（相机的普通模式）。',
    en: 'The picture has too many pixels. Keep it below 16 million, as the normal mode of a camera does.',
  },
  'too-small': {
    zh: '图片太小，看不清。边长至少 200 像素。',
    en: 'The picture is too small to read. Each side needs 200 pixels at least.',
  },
  animated: { zh: '请不要上传动图。', en: 'Animated pictures are not accepted.' },
  encrypted: {
    zh: 'PDF 有密码保护。请先去掉密码，或打印成新的 PDF。',
    en: 'The PDF is protected by a password. Remove it, or print it into a new PDF.',
  },
  'active-content': {
    zh: 'PDF 里有脚本、附件或会自动运行的内容。请打印成新的 PDF 再传。',
    en: 'The PDF holds scripts, attachments or actions. Print it into a new PDF and upload that.',
  },
  'two-files-in-one': {
    zh: '文件后面还藏着别的内容。请重新拍照，或打印成新的 PDF。',
    en: 'Something else is hidden behind the file. Take the picture again, or print it into a new PDF.',
  },
}

/** The refusal of a file that did not pass; `reason` is the fault's code. */
export function rejected(fault: FileFault): Refusal {
  return new Refusal('file-rejected', { reason: fault, why: faultWords[fault] })
}

/**
 * Whether a file's name is one a person gave it, and of this type: no path, no control or direction characters, no second extension that a system would run
 * (`photo.exe.jpg` is a name somebody made to mislead). Names are shown to reviewers and never used as a key.
 */
export function nameFits(name: string, type: FileType): boolean {
  if (name.trim() !== name || name.length > 120 || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]/u.test(name) || name.startsWith('.')) return false
  const parts = name.toLowerCase().split('.')
  const last = parts.at(-1) ?? ''
  const runs =
    /^(exe|com|bat|cmd|scr|pif|msi|js|mjs|vbs|wsf|ps1|jar|apk|sh|php\d?|phtml|jsp|aspx?|html?|xhtml|svgz?|xml|zip|rar|7z|hta|lnk|docm|xlsm|pptm)$/
  return parts.length > 1 && extensions[type].includes(last) && !parts.slice(1, -1).some((part) => runs.test(part) || known.has(part))
}
const known = new Set(Object.values(extensions).flat())

export interface FileAsk {
  kind: FileKind
  type: FileType
  bytes: number
  name: string
}

/** A new file that waits to arrive. Refuses `file-rejected`: empty, too large, a name that misleads, a PDF where a picture is asked for. */
export function askedFile(id: string, ask: FileAsk, now: string): File {
  const fault: FileFault | undefined =
    ask.bytes < 1
      ? 'empty'
      : ask.bytes > mostFileBytes
        ? 'size'
        : pictureKinds.includes(ask.kind) && ask.type === 'application/pdf'
          ? 'not-this-type'
          : nameFits(ask.name, ask.type)
            ? undefined
            : 'name'
  if (fault !== undefined) throw rejected(fault)
  return { id, ...ask, state: 'asked', fault: null, width: null, height: null, askedAt: now, until: plusMinutes(now, arrivalMinutes) }
}

/** Where the bytes of a file lie: as they came, and as they are kept once inspected. Ids only, so that a key says nothing of anybody. */
export const incomingKey = ({ id }: Pick<File, 'id'>) => `incoming/${id}`
export const keptKey = ({ id }: Pick<File, 'id'>) => `kept/${id}`
