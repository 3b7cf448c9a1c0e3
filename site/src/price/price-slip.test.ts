import type { Price, PriceLine } from '@skills/contract/price.routes.ts'
import { describe, expect, it } from 'vitest'
import { confirmWords } from './confirm-words.ts'
import { priceSlip } from './price-slip.ts'
import { refundSentence } from './refund-policy.ts'
import { splitBar } from './split-bar.ts'

const split = { listFen: 96_000, subsidyFen: 57_600, employerFen: 0, discountFen: 0, payableFen: 38_400 }
const line: PriceLine = {
  programId: 'prg_01K00000000000000000000001',
  name: { zh: '<b>会员</b>补贴', en: '<b>Members</b>' },
  sponsorName: { zh: '工会', en: 'Union' },
  granted: false,
  fen: 0,
  reasons: [
    { code: 'union-unknown', reason: { zh: '没有找到您', en: 'Not found' }, wouldHelp: { zh: '请工会更新名册', en: 'Ask your union' } },
  ],
  voucher: false,
  source: { version: '1', title: '办法', document: '1 号' },
  reviewable: true,
  review: null,
  reviewReason: null,
}
const price: Price = {
  runId: 'run_01K00000000000000000000001',
  split,
  programs: [line],
  refundPolicy: {
    version: '1',
    bands: [
      { workingDays: 3, percent: 50 },
      { workingDays: 7, percent: 100 },
    ],
  },
  voucherRefused: false,
  quote: 'secret',
  quoteExpiresAt: '2026-11-22T00:00:00.000Z',
  holdMinutes: 45,
}

describe('a price slip', () => {
  it('says the list price, what is left, why a program does not pay and what would change it', () => {
    const { text } = priceSlip(price, false, 'zh')
    for (const said of ['¥960', '¥384', '没有找到您', '请工会更新名册', '办法 · 1 号', 'data-review']) expect(text).toContain(said)
  })
  it('escapes what others wrote and never shows the quote', () => {
    const { text } = priceSlip(price, false, 'en')
    expect(text).not.toContain('<b>Members')
    expect(text).not.toContain('secret')
  })
  it('says of a granted review what is missing besides, and what people answered', () => {
    const granted = { ...line, reviewable: false, review: 'granted' as const, reviewReason: '情况<属实>' }
    const { text } = priceSlip({ ...price, programs: [granted] }, false, 'zh')
    for (const said of ['资格条件不再是障碍', '没有找到您', '答复：情况&lt;属实&gt;']) expect(text).toContain(said)
  })
  it('lets a refused voucher stand, with its reasons and the way to a review', () => {
    const { text } = priceSlip({ ...price, voucherRefused: true, programs: [line, { ...line, voucher: true }] }, true, 'en')
    expect(text.match(/data-review="/g)).toHaveLength(2)
    expect(new Set(text.match(/id="statement-[^"]*"/g)).size).toBe(4)
    expect(text).toContain('voucher-form')
  })
  it('offers no review where one was asked for, or where people could not decide otherwise', () => {
    expect(priceSlip({ ...price, programs: [{ ...line, review: 'open' }] }, false, 'zh').text).not.toContain('data-review="')
    expect(priceSlip({ ...price, programs: [{ ...line, reviewable: false }] }, false, 'zh').text).not.toContain('data-review="')
  })
})

describe('the bar of a split', () => {
  it('has a part for each payer, which together are the whole width', () => {
    const three = { listFen: 300, subsidyFen: 100, employerFen: 100, discountFen: 0, payableFen: 100 }
    const widths = [...splitBar(three, 'en').text.matchAll(/class="pays-\w+" x="[\d.]+%" y="0" width="([\d.]+)%"/g)].map(([, width]) =>
      Number(width),
    )
    expect(widths).toHaveLength(3)
    expect(widths.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 1)
  })
  it('is left out where one pays all', () => {
    expect(splitBar({ ...split, subsidyFen: 0, payableFen: 96_000 }, 'zh').text).toBe('')
  })
})

it('a refund policy is said from its earliest band to its latest', () => {
  expect(refundSentence(price.refundPolicy, 'zh')).toBe('开课前满 7 个工作日退出，退 100%；开课前满 3 个工作日退出，退 50%；再晚不退。')
})

it('the button says the sum and the hold, or that the seat is free', () => {
  expect(confirmWords(price, 'en')).toContain('¥384')
  expect(confirmWords({ ...price, split: { ...split, payableFen: 0 } }, 'zh')).toContain('免费')
})
