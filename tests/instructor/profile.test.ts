import type { File } from '@skills/contract/files.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { writeFile } from '@skills/core/files/file.table.ts'
import { readInstructor } from '@skills/core/instructor/instructor.table.ts'
import { findInstructors } from '@skills/functions/instructor/find-instructors.ts'
import { readInstructorOf } from '@skills/core/instructor/instructor.table.ts'
import { getMyInstructor, saveMyInstructor } from '@skills/functions/instructor/own-instructor.ts'
import { dropQualification, listQualifications } from '@skills/functions/instructor/qualifications.ts'
import { saveAvailability } from '@skills/functions/instructor/save-availability.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actor } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { told } from '../waitlist/waitlist-scene.ts'
import { always, claim, decide, find, fresh, makeTeacher, managerOf, operator, profile } from './instructor-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('instructor-profile')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(() => stop())

const save = (who: ReturnType<typeof actor>, body: typeof profile & { version?: number } = profile, by = fresh('saveMyInstructor')) =>
  saveMyInstructor(world, { actor: who, command: by, body })
const claimed = async () => (await listQualifications(world, { page: { limit: 100, after: undefined } })).items

describe('an instructor', () => {
  it('is her own: one for a person, whatever is lost or repeated, and what she had stays when she changes her profile', async () => {
    const who = actor(world.id('person'))
    expect(await getMyInstructor(world, { actor: who })).toEqual({ instructor: null, rating: null })
    const by = fresh('saveMyInstructor')
    const first = await save(who, profile, by)
    expect(await save(who, profile, by)).toEqual(first)
    const made = await Promise.all([1, 2, 3, 4].map((hour) => save(who, { ...profile, weeklyMinutes: hour * 60 })))
    expect(new Set(made.map(({ instructor }) => instructor.id))).toEqual(new Set([first.instructor.id]))
    await claim(world, who, { trade: 'cook' })
    const { instructor } = await save(who, { ...profile, listed: false })
    expect(instructor.qualifications).toHaveLength(1)
    expect(await getMyInstructor(world, { actor: who })).toEqual({ instructor, rating: { count: 0, overallHundredths: null } })
  })

  it('of two at once who have none yet is one', async () => {
    const who = actor(world.id('person'))
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => save(who)))
    expect(new Set(made.map(({ instructor }) => instructor.id)).size).toBe(1)
  })

  it('is changed only as she saw it: of two pages that were open at once the second is told, and what came between stays', async () => {
    const who = actor(world.id('person'))
    const body = (version: number, more = {}) => ({ ...profile, ...more, version })
    const { instructor } = await save(who, body(0))
    expect(instructor.version).toBe(1)
    expect((await getMyInstructor(world, { actor: who })).instructor?.version).toBe(1)
    const hours = { windows: [], exceptions: [], version: 1 }
    const offer = (command = fresh('saveAvailability')) => told(saveAvailability(world, { actor: who, command, body: hours }))
    const by = fresh('saveAvailability')
    const [saved, profiled] = await Promise.all([offer(by), told(save(who, body(1, { weeklyMinutes: 60 })))])
    expect([saved, profiled].toSorted()).toEqual(['done', 'version-conflict'])
    expect(await offer()).toBe('version-conflict')
    // A repeated request of the one that came first hears its first answer.
    expect(await offer(by)).toBe(saved)
    expect(await told(save(who, body(0)))).toBe('version-conflict')
    expect(await told(save(who, body(2)))).toBe('done')
    expect((await readInstructorOf(world.table, who.personId))?.instructor).not.toHaveProperty('version')
  })

  it.each([
    ['a region that is none', { regions: ['999999'] }],
    ['a province to set out from', { baseRegion: '460000' }],
    ['a number to be called at', { about: { zh: '电话 199 0000 1234', en: 'call me' } }],
  ])('does not say %s', async (_, wrong) => {
    expect(await told(save(actor(world.id('person')), { ...profile, ...wrong }))).toBe('validation-failed')
  })

  it('offers hours only in order and not for ever', async () => {
    const { actor: who } = await makeTeacher(world)
    const offer = (hours: Partial<typeof always>) =>
      told(saveAvailability(world, { actor: who, command: fresh('saveAvailability'), body: { ...always, ...hours } }))
    const exception = { kind: 'busy' as const, from: '2026-12-05T00:00:00.000Z', to: '2026-12-06T00:00:00.000Z' }
    expect(await offer({ exceptions: [exception] })).toBe('done')
    expect(await offer({ exceptions: [{ ...exception, to: exception.from }] })).toBe('validation-failed')
    expect(await offer({ exceptions: [{ ...exception, to: '2028-12-06T00:00:00.000Z' }] })).toBe('validation-failed')
    expect(await offer({ windows: [{ weekday: 1, from: '18:00', to: '18:00' }] })).toBe('validation-failed')
    expect(
      await told(saveAvailability(world, { actor: actor(world.id('person')), command: fresh('saveAvailability'), body: always })),
    ).toBe('no-instructor')
  })
})

describe('a qualification', () => {
  it('counts once an operator verified it, until it expires', async () => {
    const region = '469005'
    const teacher = await makeTeacher(world, { profile: { regions: [region] } })
    const found = async (more = {}) => (await find(world, { trade: 'tea-artist', region, ...more })).map(({ id }) => id)
    const held = await claim(world, teacher.actor, { trade: 'tea-artist', level: 'level-3', until: '2026-12-31' })
    const [qualification] = held.qualifications
    expect(await found()).toEqual([])
    expect((await claimed()).map((one) => one.qualification.id)).toContain(qualification?.id)
    await decide(world, held, qualification?.id ?? '')
    expect((await claimed()).map((one) => one.qualification.id)).not.toContain(qualification?.id)
    expect(await found()).toEqual([teacher.instructorId])
    expect(await found({ level: 'level-2' })).toEqual([])
    expect(await found({ startsAt: '2026-12-31T01:00:00.000Z', endsAt: '2026-12-31T02:00:00.000Z' })).toEqual([teacher.instructorId])
    expect(await found({ startsAt: '2026-12-31T16:00:00.000Z', endsAt: '2026-12-31T17:00:00.000Z' })).toEqual([])
  })

  it('that was refused can be claimed again, and one that stands cannot be claimed twice', async () => {
    const { actor: who } = await makeTeacher(world)
    const first = await claim(world, who, { trade: 'cook', level: 'level-4' })
    expect(await told(claim(world, who, { trade: 'cook', level: 'level-4' }))).toBe('validation-failed')
    await decide(world, first, first.qualifications[0]?.id ?? '', 'refused')
    const second = await claim(world, who, { trade: 'cook', level: 'level-4' })
    expect(second.qualifications.map(({ state }) => state)).toEqual(['claimed'])
  })

  it.each([
    ['of no trade we know', { trade: 'sorcery' }],
    ['that has expired', { trade: 'cook', until: '2026-11-30' }],
    ['with a number that may be an ID', { trade: 'cook', proof: 'T 990001 19900101 1234' }],
  ])('%s is refused', async (_, body) => {
    const { actor: who } = await makeTeacher(world)
    expect(await told(claim(world, who, body))).toBe('validation-failed')
  })

  it('may come with a scan: her own, for this, and inspected', async () => {
    const { actor: who, personId } = await makeTeacher(world)
    const file = (more: Partial<File> = {}): File => ({
      id: world.id('file'),
      kind: 'qualification-proof',
      name: 'scan.pdf',
      type: 'application/pdf',
      bytes: 1000,
      state: 'accepted',
      fault: null,
      width: null,
      height: null,
      askedAt: world.now(),
      until: null,
      ...more,
    })
    const keep = async (of: string, one: File) => {
      await writeFile(world, undefined, { before: undefined, personId: of, file: one, action: 'ask', by: of })
      return one.id
    }
    const foreign = await keep(world.id('person'), file())
    const unread = await keep(personId, file({ state: 'asked', until: '2026-12-02T00:00:00.000Z' }))
    const licence = await keep(personId, file({ kind: 'licence' }))
    for (const fileId of [foreign, unread, licence, world.id('file')])
      expect(await told(claim(world, who, { trade: 'cook', fileId }))).toBe('file-not-accepted')
    const fileId = await keep(personId, file())
    expect((await claim(world, who, { trade: 'cook', fileId })).qualifications[0]?.fileId).toBe(fileId)
    expect(JSON.stringify(await find(world, {}))).not.toContain(fileId)
  })

  it('is decided once, by somebody else, and only where it is', async () => {
    const teacher = await makeTeacher(world)
    const held = await claim(world, teacher.actor, { trade: 'barista' })
    const id = held.qualifications[0]?.id ?? ''
    const herself = { ...operator, personId: teacher.personId }
    expect(await told(decide(world, held, id, 'verified', herself))).toBe('forbidden')
    expect(await told(decide(world, held, world.id('qualification')))).toBe('not-found')
    expect(await told(decide(world, { id: world.id('instructor') }, id))).toBe('not-found')
    const answers = await Promise.all(['verified', 'refused', 'verified'].map((to) => told(decide(world, held, id, to as 'verified'))))
    expect(answers.toSorted()).toEqual(['done', 'illegal-transition', 'illegal-transition'])
  })

  it('taken down waits for nobody and is found no more; somebody else’s is not there', async () => {
    const teacher = await makeTeacher(world, { qualifications: [{ trade: 'bartender' }] })
    const other = await makeTeacher(world)
    const qualificationId = (await readInstructor(world.table, teacher.instructorId))?.instructor.qualifications[0]?.id ?? ''
    const drop = (who = teacher.actor) =>
      dropQualification(world, { actor: who, command: fresh('dropQualification'), params: { qualificationId } })
    expect(await told(drop(other.actor))).toBe('not-found')
    expect(await told(drop(actor(world.id('person'))))).toBe('not-found')
    expect((await find(world, { trade: 'bartender' })).map(({ id }) => id)).toEqual([teacher.instructorId])
    expect((await drop()).instructor.qualifications).toEqual([])
    expect(await told(drop())).toBe('not-found')
    expect(await find(world, { trade: 'bartender' })).toEqual([])
  })
})

describe('the search of providers', () => {
  it('finds who is listed, teaches there and has the hours free, without what is hers alone', async () => {
    const region = '469006'
    const evenings = { windows: [{ weekday: 3, from: '18:00', to: '21:00' }], exceptions: [] }
    const one = await makeTeacher(world, { profile: { regions: [region] }, hours: evenings, qualifications: [{ trade: 'cook' }] })
    await makeTeacher(world, { profile: { regions: [region], listed: false } })
    const hours = (from: string, to: string) => ({ region, startsAt: `2026-12-16T${from}:00.000Z`, endsAt: `2026-12-16T${to}:00.000Z` })
    expect((await find(world, hours('10:00', '12:00'))).map(({ id, free }) => [id, free])).toEqual([[one.instructorId, true]])
    expect((await find(world, hours('09:00', '12:00'))).map(({ free }) => free)).toEqual([false])
    const [card] = await find(world, { region })
    expect(card?.free).toBeNull()
    expect(JSON.stringify(card)).not.toMatch(/personId|per_|windows|exceptions|weeklyMinutes|proof/)
    expect(await told(find(world, { region, startsAt: '2026-12-16T10:00:00.000Z' }))).toBe('validation-failed')
    const times = (startsAt: string, endsAt: string) => told(find(world, { region, startsAt, endsAt }))
    expect(await times('2026-12-16T00:00:00.000Z', '2026-12-17T00:00:00.000Z')).toBe('done')
    expect(await times('2026-12-16T00:00:00.000Z', '2026-12-17T00:00:00.001Z')).toBe('validation-failed')
    expect(await times('0001-01-01T00:00:00.000Z', '9998-01-01T00:00:00.000Z')).toBe('validation-failed')
    expect(await times('9999-12-28T00:00:00.000Z', '9999-12-28T02:00:00.000Z')).toBe('validation-failed')
  })

  it('goes through the list page by page and loses nobody', async () => {
    const ids = new Set<string>()
    let after: string | undefined
    for (let pages = 0; pages < 50; pages += 1) {
      const page = await findInstructors(world, {
        actor: managerOf('prv_70000000000000000000000009'),
        query: {},
        page: { limit: 3, after },
      })
      for (const { id } of page.items) ids.add(id)
      if (page.next === null) break
      after = page.next
    }
    expect(ids).toEqual(new Set((await find(world, {})).map(({ id }) => id)))
    expect(ids.size).toBeGreaterThan(5)
  })
})

it('leaves books that add up', async () => {
  const items = (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#'))
  expect(violations(items, world.now())).toEqual([])
})
