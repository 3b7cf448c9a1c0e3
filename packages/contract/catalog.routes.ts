import * as z from 'zod/mini'
import { CourseState, RunState, Seats } from './catalog.ts'
import { idOf } from './ids.ts'
import { recently, route } from './route.ts'

const runParams = z.strictObject({ runId: idOf('run') })

export const getSeats = route({
  name: 'getSeats',
  summary: { zh: '查询若干期的余位', en: 'Seats left in some runs' },
  tag: 'catalog',
  function: 'catalog',
  who: 'anyone',
  /** `runs`: up to 60 run ids with commas between. Unknown ones and drafts are left out of the answer. */
  query: z.strictObject({
    runs: z.pipe(
      z.pipe(
        z.string().check(z.maxLength(60 * 31)),
        z.transform((text: string) => text.split(',')),
      ),
      z.array(idOf('run')).check(z.minLength(1), z.maxLength(60)),
    ),
  }),
  answer: { status: 200, body: z.strictObject({ seats: z.array(Seats) }) },
  refusals: [],
  cacheSeconds: 1,
})

export const stepRun = route({
  name: 'stepRun',
  summary: { zh: '推进一期的状态', en: 'Move a run to another state' },
  tag: 'catalog',
  function: 'catalog',
  who: { anyOf: ['provider:manager', 'platform:operator'] },
  params: runParams,
  /** `anyway`: publishing although another course of the provider is offered at the same hours. */
  body: z.strictObject({ to: RunState, anyway: z.optional(z.boolean()) }),
  stepUp: recently,
  stepUpWhen: { zh: '取消一期时（学费全部退还）', en: 'to cancel a run, which gives all fees back' },
  answer: { status: 200, body: z.strictObject({ runId: idOf('run'), state: RunState }) },
  refusals: ['illegal-transition', 'run-not-ready', 'provider-sanctioned', 'similar-exists'],
})

export const stepCourse = route({
  name: 'stepCourse',
  summary: { zh: '发布或下架课程', en: 'Publish or withdraw a course' },
  tag: 'catalog',
  function: 'catalog',
  who: { anyOf: ['provider:manager', 'platform:operator'] },
  params: z.strictObject({ courseId: idOf('course') }),
  /** `anyway`: publishing although the provider offers nearly the same course already. */
  body: z.strictObject({ to: CourseState, anyway: z.optional(z.boolean()) }),
  answer: { status: 200, body: z.strictObject({ courseId: idOf('course'), state: CourseState }) },
  refusals: ['illegal-transition', 'similar-exists'],
})

/** A remark on one cell: row as the person sees it in the sheet (the heading is row 1), column heading, stable code, sentence. Never the value. */
export const ImportRemark = z.strictObject({
  row: z.int(),
  column: z.nullable(z.string()),
  code: z.string(),
  detail: z.strictObject({ zh: z.string(), en: z.string() }),
})
export type ImportRemark = z.infer<typeof ImportRemark>

/** The report of an import; `written` is false after a dry run. At most 1,000 remarks are listed, `rejected` counts all. */
export const ImportReport = z.strictObject({
  importId: idOf('import'),
  written: z.boolean(),
  encoding: z.string(),
  rows: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  remarks: z.array(ImportRemark),
})
export type ImportReport = z.infer<typeof ImportReport>

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const importCatalog = route({
  name: 'importCatalog',
  summary: { zh: '导入课程目录（先试算，再写入）', en: 'Import a catalog: dry run first, then write' },
  tag: 'catalog',
  function: 'import-catalog',
  who: { anyOf: ['provider:manager', 'platform:operator'] },
  /** `write=yes` writes; anything else is refused, and without it the answer is a dry run's report. */
  query: z.strictObject({ write: z.optional(z.literal('yes')) }),
  body: { file: ['text/csv', xlsxType, 'application/octet-stream'], maxBytes: 4_000_000 },
  answer: { status: 200, body: ImportReport },
  refusals: ['import-rejected'],
  idempotency: 'lease',
})

export const getImportTemplate = route({
  name: 'getImportTemplate',
  summary: { zh: '下载导入模板', en: 'The import template' },
  tag: 'catalog',
  function: 'catalog',
  who: 'anyone',
  answer: { status: 200, body: { text: 'text/csv; charset=utf-8' } },
  refusals: [],
  cacheSeconds: 3600,
})
