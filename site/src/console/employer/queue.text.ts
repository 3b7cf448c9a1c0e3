/** What is said of an employer's place in the queue of a run. */
export const queueText = {
  zh: {
    title: '名额不够？可以排队候补',
    hint: '有人退出或加开名额时，按先后顺序给您保留，再等您付款。',
    policy: '怎么给',
    policies: { together: '要么全部一起，要么不要', 'as-they-come': '有一个要一个' },
    join: '加入候补',
    joined: (place: number) => `已加入候补，排在第 ${place} 位`,
    waiting: '正在候补',
    line: (seats: number, policy: string, place: number) => `还等 ${seats} 个名额 · ${policy} · 第 ${place} 位`,
    leave: '退出候补',
    sureLeave: '退出这一期的候补？排到的位置不会保留。',
    left: '已退出候补',
  },
  en: {
    title: 'Not enough seats? Wait in line',
    hint: 'When seats are freed or added, they are held for you in turn, and then wait for your payment.',
    policy: 'Take them',
    policies: { together: 'All at once or none', 'as-they-come': 'Each as it comes' },
    join: 'Join the waiting list',
    joined: (place: number) => `You are number ${place} in line`,
    waiting: 'Waiting',
    line: (seats: number, policy: string, place: number) => `Waits for ${seats} · ${policy} · number ${place} in line`,
    leave: 'Leave the line',
    sureLeave: 'Leave this waiting list? Your place is not kept.',
    left: 'You left the waiting list',
  },
}
