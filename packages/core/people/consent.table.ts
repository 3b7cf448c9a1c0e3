import type { Command } from '@skills/contract/actor.ts'
import { purposes } from '@skills/contract/people.ts'
import type { Consent } from '@skills/contract/people.routes.ts'
import { auditStep, type History } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItems, readRange, type Item } from '../table.ts'
import { transact, type Outcome } from '../transact.ts'
import type { World } from '../world.ts'
import { consentEntity, consentView, type ConsentItem } from './consent.ts'

/** A consent with its history; the notice's version already bears the name `version`, so the history is kept aside. */
interface Kept extends ConsentItem {
  history: History
}

/** Where a person stands on every purpose. */
export async function readConsents(world: World, personId: string): Promise<Consent[]> {
  const items = await readItems(
    world.table,
    purposes.map((purpose) => keys.consent.key(personId, purpose)),
  )
  return purposes.map((purpose, place) => consentView(purpose, items[place]))
}

/** Every answer a person ever gave to a notice, by purpose and time. */
export async function readReceipts(world: World, personId: string): Promise<ConsentItem[]> {
  const items = await readRange(world.table, { pk: keys.receipt.key(personId, '', '').pk, begins: 'RECEIPT#' })
  return items.map((item) => {
    const { purpose, given, version, at } = item as unknown as ConsentItem
    return { purpose, given, version, at }
  })
}

/** Writes an answer to a notice in one transaction: where the person stands, the permanent receipt, audit. Fails by name: `consent`, `receipt`, `audit`. */
export function writeConsent(
  world: World,
  command: Command,
  personId: string,
  answer: ConsentItem,
  before: Item | undefined,
): Promise<Outcome<Consent>> {
  const kept = before as unknown as Kept | undefined
  const entity = consentEntity(personId, answer.purpose)
  const action = answer.given ? 'give-consent' : 'withdraw-consent'
  const audit = auditStep({ entity, action, by: personId, at: answer.at, commandId: command.id }, kept?.history)
  return transact(
    world,
    command,
    [
      {
        name: 'consent',
        put: {
          item: { ...keys.consent.key(personId, answer.purpose), ...answer, entity, history: audit.history },
          ...(kept === undefined
            ? { condition: 'attribute_not_exists(pk)' }
            : {
                condition: '#history.#version = :before',
                names: { '#history': 'history', '#version': 'version' },
                values: { ':before': kept.history.version },
              }),
        },
      },
      {
        name: 'receipt',
        put: {
          item: { ...keys.receipt.key(personId, answer.purpose, `${answer.at}#${audit.history.version}`), ...answer },
          condition: 'attribute_not_exists(pk)',
        },
      },
      audit.step,
    ],
    consentView(answer.purpose, answer),
  )
}
