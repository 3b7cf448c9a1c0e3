import { ranking } from '@skills/contract/ranking.ts'

const { stars, record, run, fresh } = ranking
const points = (hundredths: number) => String(hundredths / 100)

export const rankingText = {
  zh: {
    title: '推荐顺序是怎么排的',
    lead: '“推荐”只看下面四样公开的东西，谁来看都一样，谁都能照着算一遍。没有一样能花钱买。',
    inputs: '看哪四样',
    inputsHead: ['看什么', '最多几分', '怎么算', '数据在哪里'],
    list: [
      [
        '学员评价',
        points(stars.most),
        `一星 0 分，五星满分。平均分里已加入公开的先验值，所以三个熟人抬不动一门课；不满三条评价的按 ${stars.start / 100} 星算。`,
        '课程行的 s',
      ],
      [
        '机构记录（近一年）',
        points(record.most),
        `每取消 1% 的班次扣 1 分，每 1% 参训学员的投诉成立扣 ${record.upheldTimes} 分，各自最多扣 ${points(record.mostEach)} 分；一年内的警告每次扣 ${points(record.warning)} 分，其他生效中的处理每次扣 ${points(record.restriction)} 分。计算时先加上 ${record.usual.runs} 个班次（取消率 ${record.usual.cancelledBp / 100}%）和 ${record.usual.attended} 名学员（投诉率 ${record.usual.upheldBp / 100}%）的常见情况，小机构不因一次意外吃亏。`,
        '索引里机构的 q',
      ],
      [
        '最快能上的一期',
        points(run.most),
        `正在报名、还有名额：${run.soonDays} 天内开课满分，越晚越少，${run.laterDays} 天起 ${points(run.later)} 分。还没开始报名：当天 ${points(run.opening)} 分，每晚一天少 ${points(run.openingADay)} 分，超过 ${run.opensWithin} 天 0 分。满员可候补 ${points(run.full)} 分。只算最好的一期，开得多不加分。`,
        '课程行的 r',
      ],
      ['新上架', points(fresh.most), `建课当天满分，${fresh.days} 天里降到 0。`, '课程编号的前 10 位（建课时间）'],
    ],
    ties: '总分相同的，最近一期开课早的在前；再相同的，按课程编号打乱后的固定次序。有搜索词时，先看词对得多准，一样准的再按这个顺序。其他排序（开课早、价格低、名额多）只看各自那一样。',
    flood: '同样的课只算一门',
    floodText:
      '同一家机构、同一工种和等级、课名几乎相同（相邻两字的重合达到 75%）的课程只算一门：还能报名的里面最早建的那门站原来的位置，其余的排到所有不重复的课程之后。多摆一百门，别家的位置一个也不会往后挪，自己那门也不会往前挪。',
    paid: '没有付费排名',
    paidText:
      '平台没有付费排名，课程数据里也没有放它的地方，这一点有测试看着。哪一天要有，必须在课程上显著标明“广告”（《电子商务法》第四十条）。顺序不看您是谁、看过什么、住在哪里（《互联网信息服务算法推荐管理规定》第十六、十七条）。',
    example: '算一个例子',
    exampleText:
      '一门课有 40 条评价、平均 4.70 星；机构一年办了 80 期、取消 8 期，900 人参训、1 起投诉成立；最快一期正在报名，37 天后开课；建课已经 15 天。',
    live: '现在的前 20 门，当场算给您看',
    liveText: '下面的分数由您的浏览器用公开的目录数据按上面的办法算出来，和课程页的推荐顺序是同一段程序。',
    date: (date: string) => `按 ${date} 的日期算`,
    columns: ['名次', '课程', '评价', '机构', '最快一期', '新上架', '总分'],
    repeats: '重复的课，排在后面',
    table: '前 20 门课程的得分',
    none: '目录还没有课程。',
    failed: '目录没有取到，下面是建页时的数据。',
    version: `第 ${ranking.version} 版。改动任何一个数字都是新的一版，写在这里。`,
    data: '原始数据：',
    back: '去看课程',
  },
  en: {
    title: 'How the recommended order comes about',
    lead: '“Recommended” looks at the four published things below and at nothing else. It is the same for everybody, anybody can work it out, and none of it can be bought.',
    inputs: 'The four things',
    inputsHead: ['What', 'Points at most', 'How', 'Where the data is'],
    list: [
      [
        'Ratings by learners',
        points(stars.most),
        `One star is 0, five stars are all. The mean has a published prior in it, so that three friends do not lift a course; below three ratings it counts as ${stars.start / 100} stars.`,
        's of a course’s row',
      ],
      [
        'Record of the provider (one year)',
        points(record.most),
        `1 point off for each 1% of runs it cancelled, ${record.upheldTimes} for each 1% of learners whose complaint was upheld, ${points(record.mostEach)} at most for either; ${points(record.warning)} for each warning of that year, ${points(record.restriction)} for each other sanction in force. ${record.usual.runs} usual runs (${record.usual.cancelledBp / 100}% cancelled) and ${record.usual.attended} usual learners (${record.usual.upheldBp / 100}% complaints) are added first, so that one bad day of a small provider is no verdict.`,
        'q of a provider in the index',
      ],
      [
        'The soonest run to be had',
        points(run.most),
        `In registration with a free place: all points when it begins within ${run.soonDays} days, fewer later, ${points(run.later)} from ${run.laterDays} days on. Not open yet: ${points(run.opening)} less ${points(run.openingADay)} a day, nothing beyond ${run.opensWithin} days. Full, with a waiting list: ${points(run.full)}. Only the best run counts; more runs bring nothing more.`,
        'r of a course’s row',
      ],
      [
        'New',
        points(fresh.most),
        `All on the day the course was made, nothing after ${fresh.days} days.`,
        'the first 10 letters of its id (when it was made)',
      ],
    ],
    ties: 'With equal points, the soonest first meeting stands first; then a fixed shuffle of the ids. With search words, what fits the words best comes first, and this order decides among equals. The other sorts look at their one thing only.',
    flood: 'The same course counts once',
    floodText:
      'Courses of one provider with the same trade and level and nearly the same title (75% of neighbouring letters in common) count as one: the first made of those that still take people keeps its place, the others go behind all courses that repeat nothing. A hundred more of them push nobody else down by one place, and do not lift their own.',
    paid: 'No paid placement',
    paidText:
      'There is no paid placement, and the published data has no field for it; a test watches that. If there ever is, the course must be marked 广告 (advertisement) plainly (E-Commerce Law, article 40). The order does not look at who you are, what you looked at or where you live (Provisions on algorithmic recommendation, articles 16 and 17).',
    example: 'One worked out',
    exampleText:
      'A course with 40 ratings and a mean of 4.70 stars; its provider had 80 runs in a year and cancelled 8, and of 900 learners one had a complaint upheld; the soonest run is in registration and begins in 37 days; the course is 15 days old.',
    live: 'The first 20 now, worked out before your eyes',
    liveText:
      'Your browser reckons these points from the published catalog as told above, with the same program that orders the course page.',
    date: (date: string) => `Reckoned for ${date}`,
    columns: ['Place', 'Course', 'Ratings', 'Provider', 'Soonest run', 'New', 'Total'],
    repeats: 'Repeats another, stands behind',
    table: 'Points of the first 20 courses',
    none: 'The catalog has no courses yet.',
    failed: 'The catalog could not be fetched; below is what it was when this page was made.',
    version: `Version ${ranking.version}. A change of any figure is a new version, and is told here.`,
    data: 'The data itself: ',
    back: 'To the courses',
  },
}
