import type { GroupPlace } from '@skills/contract/group-waitlist.routes.ts'
import { App, Button } from 'antd'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { queueText } from './queue.text.ts'

const lang = pageLanguage()
const w = queueText[lang]

/** The queues that a firm waits in; nothing where it waits in none. */
export function WaitingList({ employerId }: { employerId: string }) {
  const asked = useAnswer('listGroupWaiting', { params: { employerId } })
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const places = asked.value?.places ?? []
  const leave = ({ runId }: GroupPlace) =>
    modal.confirm({
      title: w.sureLeave,
      okText: w.leave,
      onOk: async () => {
        const left = await doing.run(`leave-queue/${employerId}/${runId}`, (key) =>
          callAsMe('leaveAsGroup', { params: { employerId, runId }, key }),
        )
        if (left) message.success(w.left)
        asked.again()
      },
    })
  return (
    <>
      <ProblemAlert failed={asked.failed ?? doing.failed} again={asked.again} />
      {places.length > 0 && (
        <section className="card waiting-places" aria-labelledby="waiting-title">
          <h3 id="waiting-title">{w.waiting}</h3>
          <ul>
            {places.map((place) => (
              <li key={place.id} data-waiting={place.runId}>
                <span className="run-line">
                  <strong>{place.title[lang]}</strong>
                  <span className="small soft">{w.line(place.seats, w.policies[place.policy], place.place)}</span>
                </span>
                <Button size="small" aria-label={`${w.leave} ${place.title[lang]}`} onClick={() => leave(place)}>
                  {w.leave}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
