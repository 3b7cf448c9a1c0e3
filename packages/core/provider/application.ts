import { createHash } from 'node:crypto'
import type { Application, ApplicationFacts, ApplicationState, RuleText } from '@skills/contract/applications.ts'
import type { File, FileKind } from '@skills/contract/files.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'
import { narrow } from '../people/resident-id.ts'
import { uscc } from '../order/uscc.ts'

/** An application as the table holds it: what its applicant sees, and whose it is. */
export interface ApplicationItem extends History {
  application: Omit<Application, 'version'>
  personId: string
}

export const emptyFacts: ApplicationFacts = {
  name: { zh: '', en: '' },
  about: { zh: '', en: '' },
  region: '',
  uscc: '',
  legalPerson: '',
  licence: null,
  scope: [],
  venues: [],
  commitments: [],
}

/** What an applicant may still change. */
const open: readonly ApplicationState[] = ['draft', 'more-asked']

/** Refuses `illegal-transition` for an application that its applicant cannot change now. */
export function mustBeOpen({ state }: Pick<Application, 'state'>): void {
  if (!open.includes(state)) throw new Refusal('illegal-transition', { current: state, allowed: [] })
}

/** What the judge of an application knows: the applicant's files, the rules of today, which words the taxonomy has. */
export interface Known {
  files: ReadonlyMap<string, File>
  rules: readonly RuleText[]
  trade: (code: string) => boolean
  region: (code: string) => boolean
  now: string
}

const error = (pointer: string, code: string, zh: string, en: string): FieldError => ({
  pointer: `#/facts${pointer}`,
  code,
  detail: { zh, en },
})
const missing = (pointer: string, zh: string, en: string) => error(pointer, 'missing', `请填写${zh}。`, `${en} is missing.`)

/** Everything that keeps an application from being submitted or approved, each with its place; empty: it is whole. */
export function faultsOf(facts: ApplicationFacts, known: Known): FieldError[] {
  const { now } = known
  const today = dateAt(now)
  const text = ({ zh, en }: { zh: string; en: string }, pointer: string, nameZh: string, nameEn: string): FieldError[] => [
    ...(zh.trim() === '' ? [missing(`${pointer}/zh`, `${nameZh}（中文）`, `${nameEn} in Chinese`)] : []),
    ...(en.trim() === '' ? [missing(`${pointer}/en`, `${nameZh}（英文）`, `${nameEn} in English`)] : []),
  ]
  const file = (fileId: string | null, kinds: readonly FileKind[], pointer: string, zh: string, en: string): FieldError[] => {
    const found = fileId === null ? undefined : known.files.get(fileId)
    return found?.state === 'accepted' && kinds.includes(found.kind)
      ? []
      : [error(pointer, 'file-not-accepted', `请上传${zh}，并等检查通过。`, `Upload ${en} and wait until it was accepted.`)]
  }
  const over = (until: string | null, pointer: string): FieldError[] =>
    until !== null && until < today ? [error(pointer, 'expired', '这份证明已经过期。', 'This proof has expired.')] : []
  const place = (region: string, pointer: string) => (known.region(region) ? [] : [missing(pointer, '所在地区', 'The region')])
  const code = uscc(facts.uscc)

  return [
    ...text(facts.name, '/name', '机构名称', 'The name'),
    ...text(facts.about, '/about', '机构简介', 'The description'),
    ...place(facts.region, '/region'),
    ...(code.ok ? [] : [{ pointer: '#/facts/uscc', code: code.code, detail: code.detail }]),
    ...(facts.legalPerson.trim() === '' ? [missing('/legalPerson', '法定代表人姓名', 'The name of the legal representative')] : []),
    ...file(facts.licence?.fileId ?? null, ['licence'], '/licence', '办学许可证或营业执照', 'the licence'),
    ...over(facts.licence?.until ?? null, '/licence/until'),
    ...(facts.scope.length === 0 ? [missing('/scope', '至少一个工种的办学范围', 'A scope of one trade at least')] : []),
    ...facts.scope.flatMap(({ trade, fileId, until }, at) => [
      ...(known.trade(trade) ? [] : [error(`/scope/${at}/trade`, 'unknown-trade', '请从列表里选择工种。', 'Choose a trade of the list.')]),
      ...(facts.scope.findIndex((other) => other.trade === trade) < at
        ? [error(`/scope/${at}/trade`, 'twice', '这个工种已经填过。', 'This trade is there twice.')]
        : []),
      ...file(fileId, ['scope-proof', 'licence'], `/scope/${at}/fileId`, '这个工种的办学证明', 'the proof for this trade'),
      ...over(until, `/scope/${at}/until`),
    ]),
    ...(facts.venues.length === 0 ? [missing('/venues', '至少一个教学场地', 'One venue at least')] : []),
    ...facts.venues.flatMap((venue, at) => {
      const pointer = `/venues/${at}`
      return [
        ...text(venue.name, `${pointer}/name`, '场地名称', 'The name of the venue'),
        ...text(venue.address, `${pointer}/address`, '场地地址', 'The address of the venue'),
        ...place(venue.region, `${pointer}/region`),
        ...(venue.rooms.length === 0 ? [missing(`${pointer}/rooms`, '至少一间教室', 'One room at least')] : []),
        ...venue.rooms.flatMap(({ name, capacity }, room) => [
          ...(name.trim() === '' ? [missing(`${pointer}/rooms/${room}/name`, '教室名称', 'The name of the room')] : []),
          ...(venue.rooms.findIndex((other) => other.name.trim() === name.trim()) < room
            ? [error(`${pointer}/rooms/${room}/name`, 'twice', '同一场地的教室不能重名。', 'Two rooms of a venue have this name.')]
            : []),
          ...(capacity < 1 ? [missing(`${pointer}/rooms/${room}/capacity`, '教室容量', 'The number of places')] : []),
        ]),
        ...(venue.photos.length === 0
          ? [missing(`${pointer}/photos`, '至少一张场地照片', 'One photo of the venue at least')]
          : venue.photos.flatMap((id, photo) => file(id, ['venue-photo'], `${pointer}/photos/${photo}`, '场地照片', 'the photo'))),
        ...file(venue.fireSafety?.fileId ?? null, ['fire-safety'], `${pointer}/fireSafety`, '消防安全证明', 'the fire-safety proof'),
        ...over(venue.fireSafety?.until ?? null, `${pointer}/fireSafety/until`),
      ]
    }),
    ...known.rules
      .filter(({ id }) => !facts.commitments.includes(id))
      .map(({ code: rule, title }) =>
        error('/commitments', 'not-accepted', `请阅读并确认“${title.zh}”。`, `Read and accept “${title.en}” (${rule}).`),
      ),
  ]
}

/** The facts as they are kept once they are whole: the code in its one spelling, blanks gone, only rules that hold. */
export function wholeFacts(facts: ApplicationFacts, known: Pick<Known, 'rules'>): ApplicationFacts {
  const code = uscc(facts.uscc)
  const holds = new Set(known.rules.map(({ id }) => id))
  return {
    ...facts,
    uscc: code.ok ? code.uscc : facts.uscc,
    legalPerson: facts.legalPerson.trim(),
    commitments: facts.commitments.filter((id) => holds.has(id)),
    venues: facts.venues.map((venue) => ({ ...venue, rooms: venue.rooms.map((room) => ({ ...room, name: room.name.trim() })) })),
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)
/** Names and addresses as they are compared: no blanks, signs or brackets, one width, and without what every firm is called. */
const bare = (text: string) =>
  narrow(text)
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
    .replace(/(有限责任公司|股份有限公司|有限公司|职业培训学校|职业技能培训学校|培训学校|学校|海南省|省|市)/g, '')

interface Place {
  name: { zh: string }
  address: { zh: string }
  region: string
}
/** Whether two venues are one: the same name at the same address. */
export function sameVenue(one: Place, other: Place): boolean {
  return one.region === other.region && bare(one.name.zh) === bare(other.name.zh) && bare(one.address.zh) === bare(other.address.zh)
}

/** By which marks an application is found to be like another: its code, its name, each address. Digests, so that keys say nothing. */
export function marksOf(facts: Pick<ApplicationFacts, 'uscc' | 'name' | 'venues'>): { by: 'uscc' | 'name' | 'address'; mark: string }[] {
  const code = uscc(facts.uscc)
  const marks = [
    ...(code.ok ? [{ by: 'uscc' as const, mark: digest(code.uscc) }] : []),
    ...(bare(facts.name.zh) === '' ? [] : [{ by: 'name' as const, mark: digest(bare(facts.name.zh)) }]),
    ...facts.venues.flatMap(({ address }) => (bare(address.zh) === '' ? [] : [{ by: 'address' as const, mark: digest(bare(address.zh)) }])),
  ]
  return marks.filter(({ by, mark }, at) => marks.findIndex((other) => other.by === by && other.mark === mark) === at)
}
