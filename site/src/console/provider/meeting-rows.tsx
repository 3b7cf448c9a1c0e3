import type { Venue } from '@skills/contract/catalog.ts'
import type { RoomClash, dayKinds } from '@skills/contract/planning.ts'
import { Button, Input, Select, Tag } from 'antd'
import { word } from '../../catalog/words.ts'
import { meetingTime, weekdayName, weekdayOf } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { DateField } from '../date-field.tsx'
import { plannerText } from './planner.text.ts'
import { PlaceSelect } from './place-select.tsx'
import { placeOf, rowOf, type MeetingDraft } from './run-draft.ts'

const lang = pageLanguage()
const w = plannerText[lang].run
export const kinds = (['classroom', 'practice', 'live', 'video', 'assessment'] as const).map((kind) => ({
  value: kind,
  label: word('meeting', kind, lang),
}))

export interface Remark {
  day?: (typeof dayKinds)[number]
  overlap?: boolean
  clash?: RoomClash
  /** What the service said of this meeting when it was saved. */
  error?: string
}

interface Parts {
  meetings: readonly MeetingDraft[]
  remarks: readonly (Remark | undefined)[]
  venues: readonly Venue[]
  change: (meetings: MeetingDraft[]) => void
}

/** Every meeting of a plan as a row to be changed, with what is remarkable of it: what its day is, an overlap, a room that is taken and what is free instead. */
export function MeetingRows({ meetings, remarks, venues, change }: Parts) {
  const set = (at: number, part: Partial<MeetingDraft>) => change(meetings.map((one, place) => (place === at ? { ...one, ...part } : one)))
  if (meetings.length === 0) return <p className="soft">{w.none}</p>
  return (
    <ol className="meeting-rows">
      {meetings.map((meeting, at) => {
        const said = remarks[at]
        const name = (what: string) => `${at + 1}. ${what}`
        return (
          <li key={meeting.id ?? `${at} ${meeting.date}`} className="rule-line">
            <div className="meeting-row">
              <DateField value={meeting.date} onChange={(date) => set(at, { date: date ?? '' })} aria-label={name(w.date)} />
              <span className="small soft">{meeting.date && weekdayName(weekdayOf(meeting.date), lang)}</span>
              <Input
                type="time"
                value={meeting.starts}
                aria-label={name(w.starts)}
                onChange={({ target }) => set(at, { starts: target.value })}
              />
              <Input
                type="time"
                value={meeting.ends}
                aria-label={name(w.ends)}
                onChange={({ target }) => set(at, { ends: target.value })}
              />
              <Select value={meeting.kind} options={kinds} aria-label={name(w.kind)} onChange={(kind) => set(at, { kind })} />
              <PlaceSelect
                venues={venues}
                value={meeting.place}
                disabled={meeting.kind === 'live' || meeting.kind === 'video'}
                aria-label={name(w.place)}
                onChange={(place) => set(at, { place })}
              />
              <Button size="small" aria-label={name(w.remove)} onClick={() => change(meetings.filter((_, place) => place !== at))}>
                {w.remove}
              </Button>
            </div>
            {said?.day !== undefined && w.day[said.day] !== '' && (
              <Tag color={said.day === 'weekend' ? 'default' : 'warning'}>{w.day[said.day]}</Tag>
            )}
            {said?.overlap && <p className="due small">{w.overlap}</p>}
            {said?.error && <p className="due small">{said.error}</p>}
            {said?.clash && <Clash clash={said.clash} meeting={meeting} venues={venues} choose={(part) => set(at, part)} />}
          </li>
        )
      })}
    </ol>
  )
}

/** A room that is taken, and what is free instead, to be taken with one press. */
function Clash({
  clash,
  meeting,
  venues,
  choose,
}: {
  clash: RoomClash
  meeting: MeetingDraft
  venues: readonly Venue[]
  choose: (part: Partial<MeetingDraft>) => void
}) {
  const [venueId = ''] = meeting.place.split('|')
  return (
    <div className="small">
      <p className="due">{w.clash(meetingTime(clash.from, clash.to, lang))}</p>
      {clash.freeRooms.length > 0 && (
        <p className="row tight">
          {w.freeRooms}
          {clash.freeRooms.map((room) => (
            <Button key={room} size="small" onClick={() => choose({ place: placeOf(venueId, room) })}>
              {venues.find(({ id }) => id === venueId)?.name[lang]} {room}
            </Button>
          ))}
        </p>
      )}
      {clash.freeTimes.length > 0 && (
        <p className="row tight">
          {w.freeTimes}
          {clash.freeTimes.map(({ from, to }) => (
            <Button
              key={from}
              size="small"
              onClick={() => {
                const { date, starts, ends } = rowOf({ ...meeting, startsAt: from, endsAt: to, venueId: null, room: null })
                choose({ date, starts, ends })
              }}
            >
              {meetingTime(from, to, lang)}
            </Button>
          ))}
        </p>
      )}
    </div>
  )
}
