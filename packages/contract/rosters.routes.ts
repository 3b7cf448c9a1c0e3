import * as z from 'zod/mini'
import { ImportRemark, xlsxType } from './catalog.routes.ts'
import { idOf } from './ids.ts'
import { route } from './route.ts'
import { CivilDate } from './time.ts'

/** The report of a roster: how many rows matched a registered person, how many wait for theirs, and what was not understood; at most 500 remarks say which. */
export const RosterReport = z.strictObject({
  importId: idOf('import'),
  written: z.boolean(),
  encoding: z.string(),
  rows: z.int(),
  matched: z.int(),
  unmatched: z.int(),
  malformed: z.int(),
  /** Rows for which the time was too short, and the row from which the same file goes on (`from`); 0 and null when all are done. */
  notReached: z.int(),
  next: z.nullable(z.int()),
  remarks: z.array(ImportRemark),
})
export type RosterReport = z.infer<typeof RosterReport>

export const importRoster = route({
  name: 'importRoster',
  summary: { zh: '导入会员名册（只留标记和有效期，不留名单）', en: 'Import a member roster: only a flag and its expiry are kept' },
  tag: 'sponsors',
  function: 'import-roster',
  who: { anyOf: ['sponsor:manager', 'platform:operator'] },
  params: z.strictObject({ sponsorId: idOf('sponsor') }),
  /**
   * `until`: the last day the membership counts. `write=yes` writes; without it the answer is a dry run's report. `from`: the row of the sheet to begin with, and
   * then only what follows is counted.
   */
  query: z.strictObject({
    until: CivilDate,
    write: z.optional(z.literal('yes')),
    from: z.optional(z.pipe(z.string().check(z.regex(/^\d{1,5}$/)), z.transform(Number))),
  }),
  body: { file: ['text/csv', xlsxType, 'application/octet-stream'], maxBytes: 4_000_000 },
  answer: { status: 200, body: RosterReport },
  refusals: ['import-rejected'],
  idempotency: 'lease',
})
