/** Aisles that have pictures of their own; `general` serves the rest. */
export const aisleNames = [
  'tourism',
  'modern-services',
  'high-tech',
  'tropical-agriculture',
  'seed-breeding',
  'deep-sea',
  'aerospace',
  'construction',
  'manufacturing',
  'household-services',
  'special-operations',
  'general',
] as const
export type Aisle = (typeof aisleNames)[number]
export const sceneKinds = 5

/** The aisle of an industry. */
export const aisleOf = (industry: string): Aisle => aisleNames.find((name) => name === industry) ?? 'general'

/**
 * Words in the code of a trade that say what stands in front, as the number of the thing in its aisle's goods (`scene.ts`).
 * A trade that says nothing has one by chance, but always the same.
 */
const fronts: readonly (readonly [RegExp, Partial<Record<Aisle, number>>])[] = [
  [/barista|tea-|bartender|coffee-growing/, { tourism: 1, 'tropical-agriculture': 3 }],
  [/cook|restaurant|pastry/, { tourism: 2 }],
  [/guide|photo|conference/, { tourism: 3, 'modern-services': 1 }],
  [/hotel|homestay|yacht|duty-free/, { tourism: 0 }],
  [/coach|lifeguard|coconut|rubber/, { tourism: 4, 'tropical-agriculture': 1 }],
  [/stream|english|labor|speaking/, { 'modern-services': 0, tourism: 0 }],
  [/commerce|account|office|agent|clerk/, { 'modern-services': 1 }],
  [/courier|delivery|driver|forklift|cold-chain/, { 'modern-services': 3 }],
  [/drone|plant-protection/, { 'high-tech': 0, 'seed-breeding': 4, 'tropical-agriculture': 3 }],
  [/ai-|data|network|satellite-data/, { 'high-tech': 1, aerospace: 1 }],
  [/robot|assembly/, { 'high-tech': 2, manufacturing: 0, 'deep-sea': 0, aerospace: 3 }],
  [/vehicle|photovoltaic|charging|electrician/, { 'high-tech': 4, manufacturing: 2, 'special-operations': 1, construction: 3 }],
  [/fruit|betel|pepper/, { 'tropical-agriculture': 0 }],
  [/vegetable|orchid|bee|broker/, { 'tropical-agriculture': 3 }],
  [/aquaculture|net-cage|coral/, { 'tropical-agriculture': 4, 'deep-sea': 1 }],
  [/crop|seed-production/, { 'seed-breeding': 0 }],
  [/tissue|inspection/, { 'seed-breeding': 1 }],
  [/marine|seafarer/, { 'deep-sea': 0 }],
  [/launch|aircraft/, { aerospace: 0 }],
  [/weld|brazing/, { 'special-operations': 2, manufacturing: 3, construction: 1 }],
  [/height|scaffold|rebar|brick/, { 'special-operations': 0, construction: 0 }],
  [/finisher|plumber/, { construction: 2 }],
  [/fitter|lathe|numerical/, { manufacturing: 1 }],
  [/care|medical|health|first-aid/, { 'household-services': 2 }],
  [/infant|maternity/, { 'household-services': 0 }],
  [/housekeep/, { 'household-services': 1 }],
  [/hair|tailor|beaut|massage/, { 'household-services': 3 }],
]

/** Which picture a course has: by its aisle and trade. */
export function sceneOf(course: { id: string; industry: string; family: string; trade: string | null }): string {
  const aisle = course.family === 'special-operations' ? 'special-operations' : aisleOf(course.industry)
  const front = fronts.find(([words, kinds]) => course.trade !== null && words.test(course.trade) && kinds[aisle] !== undefined)?.[1][aisle]
  let sum = 0
  for (const letter of course.id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973
  return `/art/${aisle}-${front ?? sum % sceneKinds}.svg`
}
