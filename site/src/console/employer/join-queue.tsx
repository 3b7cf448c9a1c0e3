import { App, Button, Radio } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { go } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useDoing } from '../use-doing.ts'
import { queueText } from './queue.text.ts'

const w = queueText[pageLanguage()]
const policies = ['together', 'as-they-come'] as const
type Wish = Omit<Parameters<typeof callAsMe<'joinAsGroup'>>[1]['body'], 'policy'>

/** Offers the queue of a run that has too few seats for a group order; `wish` is what could not be ordered. */
export function JoinQueue({ employerId, wish }: { employerId: string; wish: Wish }) {
  const [policy, setPolicy] = useState<(typeof policies)[number]>('together')
  const doing = useDoing()
  const { message } = App.useApp()
  const join = async () => {
    const answer = await doing.run(`queue/${employerId}/${wish.runId}/${wish.seats}/${policy}`, (key) =>
      callAsMe('joinAsGroup', { params: { employerId }, body: { ...wish, policy }, key }),
    )
    if (!answer) return
    message.success(w.joined(answer.value.place))
    go({ employer: employerId }, true)
  }
  return (
    <div className="card pay-box join-queue">
      <h3>{w.title}</h3>
      <p>{w.hint}</p>
      <ProblemAlert failed={doing.failed} />
      <Radio.Group
        aria-label={w.policy}
        value={policy}
        onChange={(event) => setPolicy(event.target.value as typeof policy)}
        options={policies.map((value) => ({ value, label: w.policies[value] }))}
      />
      <div>
        <Button type="primary" loading={doing.busy} onClick={() => void join()}>
          {w.join}
        </Button>
      </div>
    </div>
  )
}
