import type { AllocationView, ProgramView } from '@skills/contract/sponsors.routes.ts'
import type { Earns, EligibilityRule, FundingRule, Program, ProgramTerms, SponsorView, Voucher } from '@skills/contract/funding.ts'
import { platformId } from '@skills/contract/ids.ts'
import { instantOf } from '@skills/contract/time.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import type { World } from '@skills/core/world.ts'
import { allocate } from '@skills/functions/sponsor/allocate.ts'
import { createProgram } from '@skills/functions/sponsor/create-program.ts'
import { issueVoucher as issue } from '@skills/functions/sponsor/issue-voucher.ts'
import { moveMoney } from '@skills/functions/sponsor/move-money.ts'
import { saveSponsor } from '@skills/functions/sponsor/save-sponsor.ts'
import { command, quoteSecret } from '../enrollment/claim-scene.ts'

/** An operator, who may do everything that a sponsor's manager may. */
export const operator = (world: World) => ({
  personId: world.id('person'),
  memberships: [{ organizationId: platformId, roles: ['platform:operator' as const] }],
})

/** Somebody who acts for a sponsor. */
export const sponsorActor = (world: World, sponsorId: string, role: 'sponsor:manager' | 'sponsor:reviewer' = 'sponsor:manager') => ({
  personId: world.id('person'),
  memberships: [{ organizationId: sponsorId, roles: [role] }],
})

/** A command nobody gave before. */
export const newCommand = (world: World, route: Parameters<typeof command>[2]) => command(world.id('request'), 'asked', route)

/** A union, below another where one is given. */
export function makeSponsor(world: World, parentId: string | null = null, id = world.id('sponsor')): Promise<SponsorView> {
  return saveSponsor(world, {
    actor: operator(world),
    command: newCommand(world, 'saveSponsor'),
    params: { sponsorId: id },
    body: { name: { zh: '示范工会', en: 'Model union' }, level: 'city', parentId, region: '460100' },
  })
}

export interface ProgramWishes {
  sponsorId?: string
  /** Topped up when it is made; nothing unless given. */
  budgetFen?: number
  funding?: FundingRule
  rules?: EligibilityRule[]
  earns?: Earns
  stacking?: Program['stacking']
  scheme?: string
  period?: Program['period']
}

/** The terms of a program that pays 300 yuan for anybody, as a sponsor would send them. */
export function programTerms({ funding, rules, earns, stacking, scheme, period }: ProgramWishes = {}): ProgramTerms {
  return {
    name: { zh: '示范补贴', en: 'Model subsidy' },
    scheme: scheme ?? 'model',
    period: period ?? { from: '2026-01-01', until: '2027-12-31' },
    funding: funding ?? { kind: 'fixed', fen: 30_000 },
    ruleSets: [
      {
        ...{ version: '1', from: '2026-01-01', until: null, source: { title: '示范办法', document: '示范〔2026〕1号' } },
        rules: rules ?? [],
        ...(earns && { earns }),
      },
    ],
    stacking: stacking ?? { kind: 'exclusive' },
  }
}

/** A program with money in it, of a union of its own unless one is given. */
export async function makeProgram(world: World, wishes: ProgramWishes = {}): Promise<Program> {
  const sponsorId = wishes.sponsorId ?? (await makeSponsor(world)).id
  const { program }: ProgramView = await createProgram(world, {
    actor: operator(world),
    command: newCommand(world, 'createProgram'),
    params: { sponsorId },
    body: programTerms(wishes),
  })
  if (wishes.budgetFen !== undefined && wishes.budgetFen > 0) await topUp(world, program.id, wishes.budgetFen)
  return program
}

/** Puts money into a program. */
export function topUp(world: World, programId: string, fen: number) {
  return moveMoney(world, {
    actor: operator(world),
    command: newCommand(world, 'moveMoney'),
    params: { programId },
    body: { kind: 'top-up', fen, reference: world.id('request') },
  })
}

/** Sets seats and money of a program aside for a run. */
export function allocateTo(
  world: World,
  { id: programId }: Pick<Program, 'id'>,
  { run }: Pick<RunItem, 'run'>,
  { seats, fen }: { seats: number; fen: number },
): Promise<AllocationView> {
  return allocate(world, {
    actor: operator(world),
    command: newCommand(world, 'allocate'),
    params: { programId },
    body: { runId: run.id, seats, fen },
  })
}

/** Issues a voucher of a program: worth 100 yuan once, unless told otherwise. */
export function makeVoucher(
  world: World,
  { id: programId }: Pick<Program, 'id'>,
  terms: Partial<Pick<Voucher, 'kind' | 'faceFen' | 'uses' | 'budgetFen' | 'directedTo' | 'until'>> = {},
): Promise<{ voucher: Voucher; code: string }> {
  return issue(world, quoteSecret, {
    actor: operator(world),
    command: newCommand(world, 'issueVoucher'),
    params: { programId },
    body: {
      kind: 'face-value',
      faceFen: 10_000,
      uses: 1,
      budgetFen: 10_000,
      directedTo: null,
      until: instantOf('2026-12-31', '00:00'),
      ...terms,
    },
  })
}
