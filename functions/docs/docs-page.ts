import { refusals } from '@skills/contract/refusals.ts'
import { isFileBody, isTextAnswer, type Route } from '@skills/contract/route.ts'
import { refusalsOf } from '@skills/contract/route-refusals.ts'
import { routes } from '@skills/contract/routes.ts'
import { whoMay } from '@skills/contract/openapi.ts'
import { fieldRows, schemaName, type Json } from './schema-words.ts'

const parts: Record<Route['tag'], readonly [zh: string, en: string]> = {
  catalog: ['课程目录', 'Catalog'],
  enrollment: ['报名与我的学习', 'Claiming a seat and my learning'],
  orders: ['订单与付款', 'Orders and payments'],
  files: ['文件', 'Files'],
  providers: ['机构', 'Providers'],
  waitlist: ['候补', 'Waiting lists'],
  sponsors: ['工会与补贴', 'Unions and subsidies'],
  employers: ['企业与团体报名', 'Employers and group orders'],
  instructors: ['师资', 'Instructors'],
  planning: ['排课', 'Planning'],
  attendance: ['考勤', 'Attendance'],
  payouts: ['结算单', 'Payout statements'],
  ratings: ['评价', 'Ratings'],
  quality: ['质量与投诉', 'Quality and complaints'],
  audit: ['审计', 'The audit'],
  notices: ['通知', 'Notices'],
  messages: ['消息', 'Messages'],
  people: ['个人与机构', 'People and organizations'],
  docs: ['本文档', 'This document'],
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** The page that explains the API to people, Chinese first: every route with who may call, what goes in, what comes out and every refusal. */
export function docsPage(document: Json, publicUrl: string): string {
  const all = Object.values(routes) as Route[]
  const tags = Object.entries(parts).map(([tag, [zh, en]]) => ({ tag, zh, en, routes: all.filter((route) => route.tag === tag) }))
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>技能培训超市 接口说明 · Skills Supermarket API</title>
<meta name="description" content="技能培训超市全部接口：谁可以调用、输入、回答与每一种拒绝。">
<link rel="stylesheet" href="?part=style">
</head>
<body>
<header>
<p class="mark"><a href="${escaped(publicUrl)}/">技能培训超市</a></p>
<h1>接口说明 <span lang="en">The API</span></h1>
<p>写入请求必须带 <code>Idempotency-Key</code>；重试时使用同一个值，就不会重复办理。登录令牌放在 <code>Authorization: Bearer</code>。拒绝时的回答是 <code>application/problem+json</code>，按 <code>Accept-Language</code> 用中文或英文，从不重复您发来的内容。网关自己的回答（没有或过期的令牌 401、请求过大 413、超时 503、请求过多 429）是 <code>{"message": …}</code>，请求编号在 <code>apigw-requestid</code>。</p>
<p lang="en">Every writing request carries an <code>Idempotency-Key</code>; send the same one when you retry and nothing is done twice. The token stands in <code>Authorization: Bearer</code>. A refusal is <code>application/problem+json</code>, in Chinese or English by <code>Accept-Language</code>, and never says back what you sent. What the gateway answers itself (401 of a missing or expired token, 413, 503, 429) is <code>{"message": …}</code>, its request id in <code>apigw-requestid</code>.</p>
<p><a class="file" href="openapi.json">OpenAPI 3.1 · openapi.json</a></p>
<nav aria-label="目录 Contents">${tags.map(contents).join('')}</nav>
</header>
<main>
${tags.map(({ tag, zh, en, routes: own }) => `<section id="${tag}"><h2>${zh} <span lang="en">${en}</span></h2>${own.map((route) => article(route, document)).join('\n')}</section>`).join('\n')}
</main>
</body>
</html>
`
}

const contents = ({ tag, zh, en, routes: own }: { tag: string; zh: string; en: string; routes: Route[] }) =>
  `<div><h2><a href="#${tag}">${zh} <span lang="en">${en}</span></a></h2><ul>${own.map((route) => `<li><a href="#${route.name}">${escaped(route.summary.zh)}</a></li>`).join('')}</ul></div>`

function article(route: Route, document: Json): string {
  const { zh, en } = route.summary
  return `<article id="${route.name}">
<h3>${escaped(zh)} <span lang="en">${escaped(en)}</span></h3>
<p class="line"><span class="method ${route.method.toLowerCase()}">${route.method}</span> <code>/api${route.path}</code></p>
<dl>
<dt>谁可以 <span lang="en">Who</span></dt><dd>${escaped(whoMay(route))}</dd>
<dt>输入 <span lang="en">Input</span></dt><dd>${input(route, document)}</dd>
<dt>回答 <span lang="en">Answer</span></dt><dd>${route.answer.status} ${answer(route, document)}</dd>
</dl>
${refusalList(route)}
</article>`
}

function input(route: Route, document: Json): string {
  const rows = fieldRows(route, document)
  const file = isFileBody(route.body)
    ? `<p>文件 <span lang="en">A file</span>: ${route.body.file.map((type) => `<code>${escaped(type)}</code>`).join('、')}，≤ ${route.body.maxBytes.toLocaleString('en-US')} B</p>`
    : ''
  if (rows.length === 0) return file || '无 <span lang="en">Nothing</span>'
  const cells = rows.map(
    ({ name, place, type, required }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${place}</td><td>${escaped(type)}</td><td>${required ? '是 yes' : '否 no'}</td></tr>`,
  )
  return `<div class="wide"><table><thead><tr><th scope="col">名称 name</th><th scope="col">位置 in</th><th scope="col">内容 what</th><th scope="col">必填 required</th></tr></thead><tbody>${cells.join('')}</tbody></table></div>${file}`
}

function answer(route: Route, document: Json): string {
  const { body } = route.answer
  return `<code>${escaped(isTextAnswer(body) ? body.text : `application/json ${schemaName(route, document)}`)}</code>`
}

function refusalList(route: Route): string {
  const items = refusalsOf(route).map((code) => {
    const { status, title, detail } = refusals[code]
    return `<li><p><b>${status}</b> <code>${code}</code> ${escaped(title.zh)} <span lang="en">${escaped(title.en)}</span></p><p>${escaped(detail.zh)}</p><p lang="en">${escaped(detail.en)}</p></li>`
  })
  return `<details><summary>${items.length} 种拒绝 <span lang="en">${items.length} refusals</span></summary><ul class="refusals">${items.join('')}</ul></details>`
}
