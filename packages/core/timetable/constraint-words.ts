import type { Text } from '@skills/contract/text.ts'
import type { Constraint } from '@skills/contract/timetable.ts'

interface Words {
  reason: Text
  wouldHelp: Text
}
const words = (zh: string, en: string, zhHelp: string, enHelp: string): Words => ({
  reason: { zh, en },
  wouldHelp: { zh: zhHelp, en: enHelp },
})

/** What each constraint says of a meeting that it keeps out, and what would let it in. */
export const constraintWords: Record<Constraint, Words> = {
  'instructor-busy': words(
    '能教的师资这时都有课了',
    'everybody who could teach it is taken then',
    '换个时间，或再请一位有资格的师资',
    'move the meeting, or win another qualified instructor',
  ),
  'room-busy': words(
    '合适的教室这时都被占用了',
    'every room that fits is taken then',
    '换个时间，或增加教室',
    'move the meeting, or add a room',
  ),
  travel: words(
    '有空的师资前后在别处有课，路上来不及',
    'whoever is free teaches elsewhere before or after, too far away',
    '把课挪开一些，或改在附近的场地',
    'leave more time around it, or hold it nearby',
  ),
  'weekly-cap': words(
    '有空的师资这一周的课时已到本人上限',
    'whoever is free has reached her own weekly cap',
    '改到另一周，或再请一位师资',
    'move it to another week, or win another instructor',
  ),
  availability: words(
    '能教的师资都没有开放这个时间',
    'nobody who could teach it offers these hours',
    '改到师资开放的时间',
    'move it to hours that instructors offer',
  ),
  'opening-hours': words('教室这时不开放', 'the rooms are closed then', '改到开放时间', 'move it to opening hours'),
  order: words(
    '会打乱本期各次课的先后',
    'it would come out of the order of its run',
    '连同前后的课一起挪',
    'move the meetings around it too',
  ),
  'closed-day': words(
    '这天是法定节假日',
    'it is a public holiday',
    '改到别的日期，或选择“节假日照常上课”',
    'choose another date, or say that meetings may lie on holidays',
  ),
  'room-capacity': words(
    '空着的教室坐不下这一期的人数',
    'no free room holds as many as the run admits',
    '减少名额，或换大教室',
    'admit fewer, or use a larger room',
  ),
  equipment: words(
    '空着的教室没有需要的设备',
    'no free room has the equipment',
    '添置设备，或换教室',
    'bring the equipment, or use another room',
  ),
  region: words(
    '有空的师资不到这个地区授课',
    'whoever is free does not teach in this region',
    '换个场地，或请本地师资',
    'hold it elsewhere, or win a local instructor',
  ),
  qualification: words(
    '没有人当天持有这个工种和等级的有效授课资格',
    'nobody has a verified qualification for this trade and level on that day',
    '请师资先申报并核实资格',
    'have a qualification claimed and verified first',
  ),
  instructors: words(
    '平台上教这个工种的师资不够',
    'too few instructors teach this trade at all',
    '邀请师资加入平台，或减少每次课的师资人数',
    'invite instructors to the platform, or need fewer for a meeting',
  ),
  room: words('这个场地没有可用的教室', 'this venue has no such room', '在场地资料里添加教室', 'add rooms to the venue'),
  hours: words('离上课太近，来不及邀请', 'it begins too soon to ask anybody', '把课改晚一些', 'move it later'),
}
