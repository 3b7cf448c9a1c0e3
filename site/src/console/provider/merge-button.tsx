import type { RunPlan } from '@skills/contract/planning.ts'
import { Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { span } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useDoing } from '../use-doing.ts'
import { plannerText } from './planner.text.ts'
import { useAllCourses } from './use-all-courses.ts'

const lang = pageLanguage()
const w = plannerText[lang].page

/** Merges a run into another of its course that takes registrations: which one, what it means for everybody in it, then it is done. */
export function MergeButton({
  plan: { run, version, seats },
  providerId,
  changed,
}: {
  plan: RunPlan
  providerId: string
  changed: () => void
}) {
  const [open, setOpen] = useState(false)
  const [into, setInto] = useState<string>()
  const doing = useDoing()
  const asked = useAllCourses(providerId, open)
  const send = async () => {
    if (into === undefined) return
    const body = { version, into }
    const done = await doing.run(`merge ${run.id} ${version} ${into}`, (key) =>
      callAsMe('mergeRun', { params: { runId: run.id }, body, key }),
    )
    if (!done) return
    setOpen(false)
    changed()
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w.merge}</Button>
      <Modal
        open={open}
        title={w.merge}
        onCancel={() => setOpen(false)}
        okText={w.mergeDo}
        okButtonProps={{ disabled: into === undefined, loading: doing.busy, danger: true }}
        onOk={() => void send()}
        destroyOnHidden
      >
        <Answered asked={asked}>
          {({ items }) => {
            const others = items
              .flatMap(({ course, runs }) => (course.id === run.courseId ? runs : []))
              .filter(({ id, state }) => id !== run.id && (state === 'published' || state === 'registration-open'))
            return others.length === 0 ? (
              <p>{w.mergeNone}</p>
            ) : (
              <Form layout="vertical">
                <Form.Item label={w.mergeInto} htmlFor="merge-into">
                  <Select
                    id="merge-into"
                    value={into}
                    onChange={setInto}
                    options={others.map((one) => ({
                      value: one.id,
                      label: `${one.name[lang]} · ${span(one.startsAt, one.endsAt, lang)} · ${w.mergeFree(one.seats.free)}`,
                    }))}
                  />
                </Form.Item>
                <p>{w.mergeHint(seats.sold)}</p>
              </Form>
            )
          }}
        </Answered>
        <ProblemAlert failed={doing.failed} />
      </Modal>
    </>
  )
}
