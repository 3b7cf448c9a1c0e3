import type { Sponsor } from '@skills/contract/funding.ts'
import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import type { History } from '../audit.ts'
import { uscc } from '../order/uscc.ts'

/** A sponsor as the table holds it. What hangs on it is counted, because a path that others copied must never change. */
export interface SponsorItem extends History {
  sponsor: Sponsor
  /** Unions directly below it, programs, and rosters that were imported. */
  below: number
  programs: number
  rosters: number
}

/** The longest way from the root of the tree, as the contract has it. */
const deepest = 8

/** Who may look: whoever acts for the union or for one above it, and operators. `path` leads from the root to the union. */
export function mayLook(actor: Actor, path: readonly string[]): boolean {
  return has(actor, path, ['sponsor:manager', 'sponsor:reviewer'])
}

/** Who may move money and change programs: a manager of the union or of one above it, and operators. */
export function mayManage(actor: Actor, path: readonly string[]): boolean {
  return has(actor, path, ['sponsor:manager'])
}

function has({ memberships }: Actor, path: readonly string[], roles: readonly Role[]): boolean {
  return memberships.some(
    (membership) =>
      (path.includes(membership.organizationId) && membership.roles.some((role) => roles.includes(role))) ||
      (membership.organizationId === platformId && membership.roles.includes('platform:operator')),
  )
}

/**
 * A sponsor below its parent, with its path and its code in its one spelling. `before`: as it is now, undefined for a new one; `parent` undefined: there is none of this id.
 * Refuses `validation-failed` for a parent that is not there, a cycle, a tree that is too deep, for moving a union that something hangs on, and for a code that is none.
 */
export function placedSponsor(sponsor: Omit<Sponsor, 'path'>, before: SponsorItem | undefined, parent: SponsorItem | undefined): Sponsor {
  const path = [...(parent?.sponsor.path ?? []), sponsor.id]
  const wrong = (code: string, zh: string, en: string): FieldError[] => [{ pointer: '#/parentId', code, detail: { zh, en } }]
  const moved = before !== undefined && before.sponsor.parentId !== sponsor.parentId
  const misplaced =
    sponsor.parentId !== null && parent === undefined
      ? wrong('parent-unknown', '没有这个上级工会。', 'There is no such union above it.')
      : path.indexOf(sponsor.id) < path.length - 1
        ? wrong('cycle', '工会不能在自己或自己的下级之下。', 'A union cannot be below itself or below one of its own.')
        : path.length > deepest
          ? wrong('too-deep', `工会层级最多 ${deepest} 级。`, `Unions form at most ${deepest} levels.`)
          : moved && before.below + before.programs + before.rosters > 0
            ? wrong(
                'sponsor-in-use',
                '该工会已有下级、项目或名册，不能改换上级。',
                'This union has others below it, programs or rosters and cannot be moved.',
              )
            : []
  const { uscc: typed = '', ...rest } = sponsor
  const code = typed.trim() === '' ? undefined : uscc(typed)
  const errors = code?.ok === false ? [...misplaced, { pointer: '#/uscc', code: code.code, detail: code.detail }] : misplaced
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
  return { ...rest, path, ...(code?.ok === true ? { uscc: code.uscc } : {}) }
}

/** The refusal of a code that another union is registered with. */
export function usccTaken(): Refusal {
  const detail = {
    zh: '已有工会用这个统一社会信用代码登记，请先在列表里查找。',
    en: 'Another union is registered with this code. Look for it in the list.',
  }
  return new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/uscc', code: 'uscc-taken', detail }] })
}
