import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { CivilDate, Instant } from './time.ts'

/** What a file is for; it serves nothing else. Licences and proofs are private, pictures become public with what they show. */
export const fileKinds = [
  'licence',
  'scope-proof',
  'qualification-proof',
  'fire-safety',
  'venue-photo',
  'course-picture',
  'complaint-proof',
] as const
export const FileKind = z.enum(fileKinds)
export type FileKind = z.infer<typeof FileKind>

/** What a file may be. No SVG or HTML, which are programs; no office documents, which can hold macros. */
export const fileTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const
export const FileType = z.enum(fileTypes)
export type FileType = z.infer<typeof FileType>

/** The greatest size of a file, bytes: what a phone's camera or an office scanner makes. */
export const mostFileBytes = 10 * 1024 * 1024

/** The kinds that are pictures and nothing else. */
export const pictureKinds: readonly FileKind[] = ['venue-photo', 'course-picture']

/** Why a file was not accepted; the site has a sentence for each, so has the refusal. */
export const fileFaults = [
  'empty',
  'size',
  'name',
  'not-this-type',
  'broken',
  'too-many-pixels',
  'too-small',
  'animated',
  'encrypted',
  'active-content',
  'two-files-in-one',
] as const
export type FileFault = (typeof fileFaults)[number]

export const fileStates = ['asked', 'accepted', 'rejected'] as const

/** A file of a person. `type` is what it is kept as: pictures are written anew. Sizes in bytes and pixels; `until` is when an unfinished one is taken away. */
export const File = z.strictObject({
  id: idOf('file'),
  kind: FileKind,
  name: z.string(),
  type: FileType,
  bytes: z.int(),
  state: z.enum(fileStates),
  fault: z.nullable(z.enum(fileFaults)),
  width: z.nullable(z.int()),
  height: z.nullable(z.int()),
  askedAt: Instant,
  until: z.nullable(Instant),
})
export type File = z.infer<typeof File>

/** A date on a document: the last day on which it is good; null where it has no end. */
export const GoodUntil = z.nullable(CivilDate)
