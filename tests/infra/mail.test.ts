import { functionKeys, functions } from '@skills/infra/functions.ts'
import { beforeAll, expect, test } from 'vitest'
import { bundle } from '@skills/infra/bundle.ts'
import { functionsOf, list, statementsOf, synthesize, type Templates } from './templates.ts'

let without: Templates
let named: Templates
beforeAll(async () => {
  await bundle()
  without = synthesize({})
  named = synthesize({ mailFrom: 'notices@skills.example' })
}, 300_000)

/** Which functions may send mail, and from what. */
const senders = (templates: Templates) =>
  new Map(
    [...functionsOf(templates)].flatMap(([key, lambda]) =>
      statementsOf(templates, lambda)
        .filter((statement) => list(statement.Action).includes('ses:SendEmail'))
        .map((statement): [string, string] => [key, JSON.stringify(statement.Resource)]),
    ),
  )
const from = (templates: Templates, key: string) => functionsOf(templates).get(key)?.Properties.Environment.Variables.MAIL_FROM as unknown

test('a deployment that names no sender may send no mail, and its functions know it', () => {
  expect(senders(without)).toEqual(new Map())
  expect(from(without, 'notices')).toBe('')
})

test('with a sender the functions that tell people send from its domain and from nothing else', () => {
  const mailing = functionKeys.filter((key) => functions[key].environment.includes('mail'))
  expect([...senders(named).keys()].sort()).toEqual([...mailing].sort())
  for (const resource of senders(named).values()) expect(resource).toMatch(/:identity\/skills\.example"/)
  expect(mailing.map((key) => from(named, key))).toEqual(mailing.map(() => 'notices@skills.example'))
})

test('a sender that is no address stops the synthesis', () => {
  expect(() => synthesize({ mailFrom: 'everybody' })).toThrow('mailFrom')
})
