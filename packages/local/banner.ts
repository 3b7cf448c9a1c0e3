import type { Cloud } from './cloud.ts'
import { demoPeople } from './demo-people.ts'

/** What a person sees when everything stands: addresses, people, and where things are kept. */
export function banner(cloud: Cloud, seconds: number, taken: string[]): string {
  const { site, mailbox, issuer, api } = cloud.urls
  const people = demoPeople.map(({ name, does }) => `    ${pad(name.zh, 16)}${name.en.padEnd(22)}${does.zh} · ${does.en}`)
  return [
    '',
    `  技能培训超市 Skills Supermarket  ${seconds.toFixed(0)} s`,
    '',
    `    网站 Site      ${site}/   ${site}/en/`,
    `    接口 API       ${api}/docs`,
    `    短信 Mailbox   ${mailbox}/`,
    `    登录 Issuer    ${issuer}`,
    `    数据 Data      ${cloud.dataDir}  (日志 logs: logs/)`,
    ...taken.map((line) => `    ! ${line}`),
    '',
    '  演示人物（登录页点选，无需密码）· Demo people (choose one on the sign-in page, no password)',
    ...people,
    '',
    '  Ctrl-C 停止 · stops everything',
    '',
  ].join('\n')
}

/** Han characters are two columns wide. */
function pad(text: string, columns: number): string {
  const width = [...text].reduce((sum, letter) => sum + (/[\u2E80-\uFFEF]/.test(letter) ? 2 : 1), 0)
  return text + ' '.repeat(Math.max(1, columns - width))
}
