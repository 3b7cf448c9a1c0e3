import * as z from 'zod/mini'
import { idOf, OrganizationId } from './ids.ts'
import { profileFields, purposes } from './people.ts'
import { recently, roles, route } from './route.ts'
import { Education, EmploymentKind, Level } from './taxonomy.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

export const Membership = z.strictObject({
  organizationId: OrganizationId,
  organizationName: Text,
  roles: z.array(z.enum(roles)),
})
export type Membership = z.infer<typeof Membership>

export const HeldCertificate = z.strictObject({ trade: z.string().check(z.maxLength(40)), level: z.nullable(Level) })

export const getMe = route({
  name: 'getMe',
  summary: { zh: '我是谁、代表谁', en: 'Who I am and for whom I act' },
  tag: 'people',
  function: 'people',
  who: 'person',
  answer: {
    status: 200,
    body: z.strictObject({
      personId: idOf('person'),
      /** Masked, or null before there is a profile. */
      displayName: z.nullable(z.string()),
      profileMissing: z.array(z.enum(profileFields)),
      memberships: z.array(Membership),
    }),
  },
  refusals: [],
})

/** The profile as its owner sees it: ID and mobile masked (`110***********002X`, `138****0000`). */
export const Profile = z.strictObject({
  personId: idOf('person'),
  realName: z.nullable(z.string()),
  maskedResidentId: z.nullable(z.string()),
  maskedMobile: z.nullable(z.string()),
  region: z.nullable(z.string()),
  employmentKind: z.nullable(EmploymentKind),
  unionNumber: z.nullable(z.string()),
  education: z.nullable(Education),
  certificates: z.array(HeldCertificate),
  missing: z.array(z.enum(profileFields)),
  updatedAt: z.nullable(Instant),
})
export type Profile = z.infer<typeof Profile>

export const getProfile = route({
  name: 'getProfile',
  summary: { zh: '我的个人信息（脱敏）', en: 'My profile, masked' },
  tag: 'people',
  function: 'people',
  who: 'person',
  answer: { status: 200, body: Profile },
  refusals: [],
})

/**
 * What a person writes. `residentId` and `mobile` are normalized and judged by `residentId()` and `mobile()` of core, which say what is wrong;
 * left out, the stored one stays. Texts are as typed: full-width digits, spaces and lower-case x are understood.
 */
export const ProfileInput = z.strictObject({
  realName: z.string().check(z.maxLength(100)),
  residentId: z.optional(z.string().check(z.maxLength(40))),
  mobile: z.optional(z.string().check(z.maxLength(40))),
  region: z.string().check(z.regex(/^\d{6}$/)),
  employmentKind: EmploymentKind,
  unionNumber: z.optional(z.nullable(z.string().check(z.regex(/^[A-Za-z0-9-]{4,32}$/)))),
  education: z.optional(z.nullable(Education)),
  certificates: z.optional(z.array(HeldCertificate).check(z.maxLength(20))),
})
export type ProfileInput = z.infer<typeof ProfileInput>

export const saveProfile = route({
  name: 'saveProfile',
  summary: { zh: '保存个人信息', en: 'Save my profile' },
  tag: 'people',
  function: 'people',
  who: 'person',
  body: ProfileInput,
  answer: { status: 200, body: Profile },
  refusals: ['id-in-use', 'mobile-in-use', 'consent-required', 'validation-failed', 'rate-limited', 'busy', 'outcome-unknown'],
})

export const exportMe = route({
  name: 'exportMe',
  summary: { zh: '导出平台保存的我的信息', en: 'Export all that is held about me' },
  stepUp: recently,
  tag: 'people',
  function: 'people',
  who: 'person',
  answer: {
    status: 200,
    body: z.strictObject({
      exportedAt: Instant,
      profile: z.record(z.string(), z.unknown()),
      consents: z.array(z.unknown()),
      /** Each with its order, where it has one. */
      enrollments: z.array(z.unknown()),
      /** Of which unions a roster says that the person is a member, until when. */
      unions: z.array(z.unknown()),
      reviews: z.array(z.unknown()),
      waiting: z.array(z.unknown()),
      invitations: z.array(z.unknown()),
      /** Who looked at her name or mobile, and what for. */
      reveals: z.array(z.unknown()),
      memberships: z.array(z.unknown()),
      notices: z.array(z.unknown()),
      /** By which channels and at which hours she wants to be told, with her mail address; null where she never chose. */
      noticeSettings: z.nullable(z.record(z.string(), z.unknown())),
      /** Her questions with their answers, and what she wrote in other threads. */
      messages: z.array(z.record(z.string(), z.unknown())),
      /** What showed where the person was, with which devices, and the hours that were credited. */
      attendance: z.strictObject({ devices: z.array(z.unknown()), runs: z.array(z.unknown()) }),
      /** What she uploaded; the files themselves are shown by `showMyFile`. */
      files: z.array(z.record(z.string(), z.unknown())),
      /** What she said of runs, now and before, with the answers. */
      ratings: z.array(z.record(z.string(), z.unknown())),
      /** Her applications as a provider. */
      applications: z.array(z.record(z.string(), z.unknown())),
      /** What she complained of, and what came of it. */
      complaints: z.array(z.record(z.string(), z.unknown())),
      /** The profile of who is an instructor, with all she taught and was asked to teach. */
      instructor: z.nullable(z.record(z.string(), z.unknown())),
      /** When the subscribed calendar was last opened or closed; its address is held as a hash only. */
      calendar: z.nullable(z.strictObject({ open: z.boolean(), openedAt: Instant })),
      /** Who changed what is held, and when. */
      history: z.array(z.unknown()),
    }),
  },
  refusals: [],
})

export const Purpose = z.enum(purposes)

/** A purpose, the notice that explains it, and where the person stands. `identity` is needed for claiming; the others are optional. */
export const Consent = z.strictObject({
  purpose: Purpose,
  optional: z.boolean(),
  noticeVersion: z.string(),
  notice: Text,
  /** What was answered last, to which version, when. */
  given: z.boolean(),
  givenVersion: z.nullable(z.string()),
  at: z.nullable(Instant),
})
export type Consent = z.infer<typeof Consent>

export const listConsents = route({
  name: 'listConsents',
  summary: { zh: '我的授权', en: 'My consents' },
  tag: 'people',
  function: 'people',
  who: 'person',
  answer: { status: 200, body: z.strictObject({ consents: z.array(Consent) }) },
  refusals: [],
})

export const saveConsent = route({
  name: 'saveConsent',
  summary: { zh: '同意或撤回一项授权', en: 'Give or withdraw a consent' },
  tag: 'people',
  function: 'people',
  who: 'person',
  params: z.strictObject({ purpose: Purpose }),
  body: z.strictObject({ given: z.boolean(), noticeVersion: z.string().check(z.maxLength(40)) }),
  answer: { status: 200, body: Consent },
  refusals: ['consent-required'],
})

export const Notice = z.strictObject({ id: idOf('notice'), at: Instant, title: Text, body: Text, href: z.nullable(z.string()) })
export type Notice = z.infer<typeof Notice>

const membershipParams = z.strictObject({ personId: idOf('person'), organizationId: OrganizationId })
/** Operators for every organization; whoever manages one for it alone. */
const appointers = { anyOf: ['platform:operator', 'provider:manager', 'sponsor:manager', 'employer:manager'] } as const

/** Who acts for an organization. `displayName`: masked, null where she has no profile. */
export const Member = z.strictObject({
  personId: idOf('person'),
  displayName: z.nullable(z.string()),
  roles: z.array(z.enum(roles)),
  since: Instant,
  version: z.int(),
})
export type Member = z.infer<typeof Member>

export const listMembers = route({
  name: 'listMembers',
  summary: { zh: '谁代表这个机构', en: 'Who acts for this organization' },
  tag: 'people',
  function: 'people',
  who: appointers,
  params: z.strictObject({ organizationId: OrganizationId }),
  answer: { status: 200, body: z.strictObject({ organizationName: z.nullable(Text), items: z.array(Member) }) },
  refusals: [],
})

export const saveMembership = route({
  name: 'saveMembership',
  summary: { zh: '任命：一个人代表一个机构的角色', en: 'Appoint a person to roles in an organization' },
  tag: 'people',
  function: 'people',
  who: appointers,
  params: membershipParams,
  body: z.strictObject({
    /** Left out, and always for whoever manages it, the organization keeps the name it has. */
    organizationName: z.optional(Text),
    roles: z.array(z.enum(roles)).check(z.minLength(1), z.maxLength(8)),
    /** The version of the appointment that is changed; left out, or 0, for somebody who is not appointed there now. */
    version: z.optional(z.int().check(z.minimum(0))),
  }),
  answer: { status: 200, body: Membership },
  refusals: ['validation-failed', 'version-conflict', 'last-manager'],
})

export const endMembership = route({
  name: 'endMembership',
  summary: { zh: '解除任命', en: 'End an appointment' },
  tag: 'people',
  function: 'people',
  who: appointers,
  params: membershipParams,
  answer: { status: 200, body: z.strictObject({ ended: z.boolean() }) },
  refusals: ['last-manager'],
})
