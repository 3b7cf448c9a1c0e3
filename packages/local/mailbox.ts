import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { dirname } from 'node:path'
import { escapeHtml, mark, page } from './html.ts'

interface Message {
  at: string
  to: string
  text: string
  /** A mail's; text messages have none. */
  subject?: string
}
/** Every text message and mail that would have left, kept in a file, shown on a page. */
export interface Mailbox {
  add(message: Message): void
  messages(): Message[]
  show(response: ServerResponse): void
}

const shown = 200

export function createMailbox(file: string): Mailbox {
  const messages = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Message)
    : []
  return {
    add(message) {
      messages.push(message)
      mkdirSync(dirname(file), { recursive: true })
      appendFileSync(file, `${JSON.stringify(message)}\n`)
    },
    messages: () => [...messages],
    show(response) {
      const list = messages.slice(-shown).reverse().map(article).join('\n')
      const none =
        '<p class="note">还没有短信和邮件。报名成功后，这里会出现通知。<span class="en" lang="en">No messages yet. They appear here after a seat is claimed.</span></p>'
      const body = `<header>${mark}<p>短信和邮件收件箱 <span class="en" lang="en">Mailbox</span></p></header><main>
<h1>发出的短信和邮件</h1><span class="en" lang="en">Messages that would have been sent (${messages.length})</span>
${list === '' ? none : `<ul>\n${list}\n</ul>`}
<footer>这些短信和邮件没有离开本机。<span class="en" lang="en">None of these left this machine.</span></footer></main>`
      response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; style-src 'self'; img-src data:",
          'cache-control': 'no-store',
        })
        .end(page('短信和邮件收件箱 · Mailbox', body))
    },
  }
}

function article({ at, to, text, subject }: Message): string {
  const when = new Date(at).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
  return `<li><article><span class="to">${escapeHtml(to)}</span> · <time datetime="${escapeHtml(at)}">${escapeHtml(when)}</time>${subject === undefined ? '' : `<p><strong>${escapeHtml(subject)}</strong></p>`}${text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('')}</article></li>`
}
