import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

/** What notices are about, in the groups that a person chooses by. */
export const noticeGroups = ['seats', 'meetings', 'waiting', 'teaching', 'feedback', 'announcements'] as const
export type NoticeGroup = (typeof noticeGroups)[number]

/** How a notice leaves the site. On the site itself every notice is shown. */
export const channels = ['sms', 'mail'] as const
export type Channel = (typeof channels)[number]

/** A wall clock in Beijing time, `HH:MM`. */
export const Clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

/** Hours in which neither text messages nor mail leave, Beijing time; they may go past midnight. */
export const Quiet = z.strictObject({ from: Clock, to: Clock })
export type Quiet = z.infer<typeof Quiet>

/** What somebody sees who never chose: 22:00 to 08:00. */
export const usualQuiet: Quiet = { from: '22:00', to: '08:00' }

const Choice = z.strictObject({ sms: z.boolean(), mail: z.boolean() })
/** By which channels each group leaves the site, as far as the person agreed to the channel. */
export const Groups = z.strictObject({
  seats: Choice,
  meetings: Choice,
  waiting: Choice,
  teaching: Choice,
  feedback: Choice,
  announcements: Choice,
})
export type Groups = z.infer<typeof Groups>

/** A notice as its reader sees it. */
export const NoticeLine = z.strictObject({
  id: idOf('notice'),
  at: Instant,
  title: Text,
  body: Text,
  href: z.nullable(z.string()),
  read: z.boolean(),
})
export type NoticeLine = z.infer<typeof NoticeLine>

/** What a person chose, and where she can be reached: never an address in full. */
export const NoticeSettings = z.strictObject({
  /** 0 while nothing was ever chosen. */
  version: z.int(),
  groups: Groups,
  quiet: z.nullable(Quiet),
  sms: z.strictObject({ agreed: z.boolean(), maskedMobile: z.nullable(z.string()) }),
  mail: z.strictObject({
    /** Whether this deployment sends mail at all. */
    offered: z.boolean(),
    agreed: z.boolean(),
    maskedAddress: z.nullable(z.string()),
    /** A code is on its way to another address, until then. */
    pendingUntil: z.nullable(Instant),
  }),
})
export type NoticeSettings = z.infer<typeof NoticeSettings>
