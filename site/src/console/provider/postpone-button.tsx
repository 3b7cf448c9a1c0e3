import type { RunPlan } from '@skills/contract/planning.ts'
import { Button, Form, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { meetingTime, moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { plannerText } from './planner.text.ts'

const lang = pageLanguage()
const w = plannerText[lang].page

/** Postpones a run: how many days, where every meeting goes, how many people are told, then it is done. */
export function PostponeButton({ plan, changed }: { plan: RunPlan; changed: () => void }) {
  const [open, setOpen] = useState(false)
  const [days, setDays] = useState(7)
  const [asked, setAsked] = useState<number>()
  const doing = useDoing()
  const runId = plan.run.id
  const preview = useAnswer(
    'previewPostponement',
    open && asked !== undefined ? { params: { runId }, query: { days: String(asked) } } : undefined,
  )
  const send = async (version: number) => {
    const done = await doing.run(`postpone ${runId} ${version} ${asked}`, (key) =>
      callAsMe('postponeRun', { params: { runId }, body: { version, days: asked ?? days }, key }),
    )
    if (!done) return
    setOpen(false)
    changed()
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w.postpone}</Button>
      <Modal
        open={open}
        title={w.postpone}
        onCancel={() => setOpen(false)}
        okText={w.postponeDo}
        okButtonProps={{ disabled: asked !== days || preview.value === undefined, loading: doing.busy }}
        onOk={() => preview.value && void send(preview.value.version)}
        destroyOnHidden
      >
        <Form layout="vertical" onFinish={() => setAsked(days)}>
          <Form.Item label={w.postponeDays} htmlFor="postpone-days">
            <InputNumber id="postpone-days" min={1} max={365} precision={0} value={days} onChange={(value) => setDays(value ?? 7)} />
          </Form.Item>
          <Button htmlType="submit">{w.postponeLook}</Button>
        </Form>
        {asked !== undefined && (
          <Answered asked={preview}>
            {({ meetings, enrolled }) => (
              <>
                <ol className="run-lines">
                  {meetings.map(({ id, before, startsAt, endsAt }) => (
                    <li key={id}>
                      <span className="soft small">{`${w.from} ${moment(before, lang)} → `}</span>
                      {meetingTime(startsAt, endsAt, lang)}
                    </li>
                  ))}
                </ol>
                <p>{w.enrolled(enrolled)}</p>
              </>
            )}
          </Answered>
        )}
        <ProblemAlert failed={doing.failed} />
      </Modal>
    </>
  )
}
