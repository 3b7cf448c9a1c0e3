import type { Problem } from '@skills/contract/client.ts'
import { refusals, type RefusalCode } from '@skills/contract/refusals.ts'
import { html, icon, type Html } from '../html.ts'
import { at, type Language } from '../language.ts'

const words = {
  zh: { lostTitle: '没有收到回音', lost: '网络可能断了。再点一次即可，不会重复办理。', why: '这是什么意思？', number: '请求编号' },
  en: {
    lostTitle: 'No answer came back',
    lost: 'The network may be down. Press again; nothing is done twice.',
    why: 'What does this mean?',
    number: 'Request number',
  },
}

/** What is said of a refusal, or of an answer that never came; `actions` are the ways on. */
export function problemNotice(problem: Problem | undefined, lang: Language, actions: Html | string = ''): Html {
  const w = words[lang]
  if (!problem)
    return html`<div class="notice urgent" role="alert">
      ${icon('wifi-off')}
      <div>
        <strong>${w.lostTitle}</strong>${w.lost}
        <p class="row">${actions}</p>
      </div>
    </div>`
  const known = problem.code in refusals ? refusals[problem.code as RefusalCode] : undefined
  const number =
    problem.status >= 500 && problem.instance
      ? html`<p class="small soft">${w.number} ${problem.instance.replace(/^urn:request:/, '')}</p>`
      : ''
  return html`<div class="notice urgent" role="alert" data-code="${problem.code}">
    ${icon('circle-alert')}
    <div>
      <strong>${problem.title || known?.title[lang]}</strong>${problem.detail || known?.detail[lang]}${number}
      <p class="row">${actions}${known ? html`<a href="${at(lang, `/problems/${problem.code}/`)}">${w.why}</a>` : ''}</p>
    </div>
  </div>`
}
