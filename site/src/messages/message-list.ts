import type { Message, Thread, ThreadLine } from '@skills/contract/messages.ts'
import { moment } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'
import { messagesText } from './messages.text.ts'

/** One message: whose side, when, the words or why they are hidden, and the way to report what somebody else wrote. */
function message({ number, at: when, side, mine, text, hidden, reported }: Message, lang: Language): Html {
  const w = messagesText[lang]
  const who = mine ? w.you : w.sides[side]
  return html`<li class="message" data-number="${number}" data-mine="${mine ? 'yes' : 'no'}">
    <p class="small soft"><strong>${who}</strong> · ${moment(when, lang)}</p>
    ${hidden === null ? html`<p class="message-text">${text}</p>` : html`<p class="soft">${icon('info')} ${w.hidden(hidden.reason)}</p>`}
    ${
      mine || hidden !== null
        ? ''
        : reported
          ? html`<p class="small soft">${w.reported}</p>`
          : html`<button
              class="button quiet"
              type="button"
              data-report="${number}"
              aria-label="${`${w.report}：${who} ${moment(when, lang)}`}"
            >
              ${w.report}
            </button>`
    }
  </li>`
}

/** The messages of a thread, in their order. */
export const messageList = ({ list }: Pick<Thread, 'list'>, lang: Language): Html =>
  html`<ol class="message-list">
    ${list.map((one) => message(one, lang))}
  </ol>`

/** What a thread is about, in one line. */
export const about = ({ courseTitle, runName, providerName }: ThreadLine, lang: Language): string =>
  [courseTitle, runName, providerName].map((text) => say(text, lang)).join(' · ')

/** A thread in a list, with the way to it. */
export function threadLine(thread: ThreadLine, lang: Language): Html {
  const w = messagesText[lang]
  const { id, title, lastAt, lastSide, messages, asker } = thread
  return html`<li class="card stack-s" data-thread="${id}">
    <h3><a href="${at(lang, `/messages/?thread=${id}`)}">${title ?? w.hiddenTitle}</a> <span class="figures soft">${messages}</span></h3>
    <p class="soft small">${about(thread, lang)}</p>
    <p class="small">${asker === null ? '' : html`${w.asker(asker)} · `}${w.lastBy(w.sides[lastSide], moment(lastAt, lang))}</p>
  </li>`
}

/** An announcement with its words. */
export function announcement(thread: Thread, lang: Language): Html {
  const w = messagesText[lang]
  return html`<li class="card stack-s" data-thread="${thread.id}">
    <h3>${thread.title ?? w.hiddenTitle}</h3>
    <p class="soft small">${about(thread, lang)}</p>
    ${messageList(thread, lang)}
  </li>`
}
