import { readCatalogText, type DemoCourse, type DemoProvider } from './catalog-text.ts'
import { composeRows } from './compose.ts'
import { csvOf } from './csv.ts'

const cities: [string, string, string][] = [
  ['460100', '海口', 'Haikou'],
  ['460200', '三亚', 'Sanya'],
  ['460400', '儋州', 'Danzhou'],
  ['469001', '五指山', 'Wuzhishan'],
  ['469002', '琼海', 'Qionghai'],
  ['469005', '文昌', 'Wenchang'],
  ['469006', '万宁', 'Wanning'],
  ['469007', '东方', 'Dongfang'],
  ['469021', '定安', "Ding'an"],
  ['469022', '屯昌', 'Tunchang'],
  ['469023', '澄迈', 'Chengmai'],
  ['469024', '临高', 'Lingao'],
  ['469025', '白沙', 'Baisha'],
  ['469026', '昌江', 'Changjiang'],
  ['469027', '乐东', 'Ledong'],
  ['469028', '陵水', 'Lingshui'],
  ['469029', '保亭', 'Baoting'],
  ['469030', '琼中', 'Qiongzhong'],
]
const names: [string, string][] = [
  ['启航', 'Qihang'],
  ['匠心', 'Jiangxin'],
  ['椰风', 'Yefeng'],
  ['海岳', 'Haiyue'],
  ['同心', 'Tongxin'],
  ['百工', 'Baigong'],
  ['朝阳', 'Zhaoyang'],
  ['南溟', 'Nanming'],
]

/**
 * A large catalog for measuring, as a sheet for the import. In: how many courses, a seed, today's civil date. The same three give the same
 * bytes. Every provider offers the demo's courses in its own city, with one to three runs each.
 */
export function composeMany(courses: number, seed: number, today: string): string {
  const base = readCatalogText().flatMap((provider) => provider.courses)
  const chance = chanceOf(seed)
  const providers: DemoProvider[] = []
  for (let made = 0; made < courses; made += base.length) {
    providers.push(providerAt(providers.length, seed, base.slice(0, courses - made), chance))
  }
  return csvOf(composeRows(providers, today))
}

function providerAt(index: number, seed: number, base: DemoCourse[], chance: (below: number) => number): DemoProvider {
  const [region, zh, en] = cities[index % cities.length]!
  const [name, pinyin] = names[Math.floor(index / cities.length) % names.length]!
  const generation = Math.floor(index / cities.length / names.length)
  const number = generation === 0 ? ['', ''] : [`第${generation + 1}分校`, ` ${generation + 1}`]
  return {
    code: `SEED-${seed}-${index + 1}`,
    name: [`${zh}${name}职业培训学校${number[0]}`, `${en} ${pinyin} Training School${number[1]}`],
    about: [`在${zh}办学的综合性职业培训学校。`, `A general training school in ${en}.`],
    region,
    venues: [
      {
        code: 'MAIN',
        name: [`${zh}校区`, `${en} campus`],
        address: [`${zh}职工路 ${index + 1} 号`, `${index + 1} Zhigong Road, ${en}`],
        region,
        rooms: Array.from({ length: 40 }, (_, room) => ({ name: `${room + 101} 教室`, capacity: 60, equipment: '投影' })),
      },
    ],
    courses: base.map((course) => ({ ...course, rooms: [], plan: planOf(course, chance) })),
  }
}

function planOf(course: DemoCourse, chance: (below: number) => number): string {
  const letters = course.plan.replaceAll('N', 'E')
  return Array.from({ length: 1 + chance(3) }, () => letters[chance(letters.length)]!).join('')
}

/** Whole numbers below a bound, the same row for the same seed (mulberry32). */
function chanceOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
