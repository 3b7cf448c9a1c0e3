import { codeAt, screenText, windowSeconds, type CodeKind } from '@skills/contract/attendance-code.ts'
import { html } from '../html.ts'
import { at, type Language } from '../language.ts'
import { attendanceText } from './attendance.text.ts'
import { qrOf } from './qr.ts'

interface Shown {
  runId: string
  meetingId: string
  secret: string
}

/**
 * Draws the code of now and its successors into the board's places, by our clock (`now`, in ms). It needs no network: the secret is all it takes. `kind` is asked at
 * each second, so that a check can take the screen over.
 */
export function startBoard(board: HTMLElement, of: Shown, lang: Language, now: () => number, kind: () => CodeKind): void {
  const w = attendanceText[lang]
  const place = (name: string) => board.querySelector<HTMLElement>(`[data-board="${name}"]`) as HTMLElement
  let drawn = ''
  const draw = async () => {
    const time = now()
    const window = Math.floor(time / (windowSeconds * 1000))
    const showing = kind()
    place('left').setAttribute('value', String(windowSeconds - ((time / 1000) % windowSeconds)))
    if (drawn === `${showing} ${window}`) return
    drawn = `${showing} ${window}`
    const code = await codeAt(of.secret, of.meetingId, showing, window)
    const text = `${location.origin}${at(lang, '/check-in/')}#${screenText({ ...of, kind: showing, window, code })}`
    place('qr').innerHTML = qrOf(text, w.codeLabel(w.kinds[showing])).text
    place('qr').dataset['text'] = text
    place('code').innerHTML = html`${code.slice(0, 4)} ${code.slice(4)}`.text
    place('kind').textContent = w.kinds[showing]
  }
  void draw()
  setInterval(() => void draw(), 500)
}
