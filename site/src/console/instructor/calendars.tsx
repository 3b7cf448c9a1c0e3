import type { Instructor } from '@skills/contract/instructor.ts'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { FileField } from '../file-field.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { instructorText } from './instructor.text.ts'

const w = instructorText[pageLanguage()].calendars
const mostBytes = 4_000_000

/** Calendars that go in (when one is busy) and out (what one teaches). */
export function Calendars({ show }: { show: (changed: Instructor) => void }) {
  return (
    <>
      <Incoming show={show} />
      <Outgoing />
    </>
  )
}

function Incoming({ show }: { show: (changed: Instructor) => void }) {
  const [form] = Form.useForm<{ file: File }>()
  const doing = useDoing()
  const { message } = App.useApp()
  const send = async ({ file }: { file: File }) => {
    const done = await doing.run(`calendar/${file.name}/${file.size}/${file.lastModified}`, (key) =>
      callAsMe('importBusyHours', { body: file, key, headers: { 'content-type': 'text/calendar' } }),
    )
    if (!done) return
    const { instructor } = done.value
    message.success(w.done(instructor.exceptions.filter(({ source }) => source === 'calendar').length))
    form.resetFields()
    show(instructor)
  }
  return (
    <Form form={form} layout="vertical" requiredMark={false} className="card" disabled={doing.busy} onFinish={(draft) => void send(draft)}>
      <h2>{w.importTitle}</h2>
      <p className="soft">{w.importHint}</p>
      <Form.Item
        name="file"
        label={w.file}
        rules={[
          { required: true, message: w.needFile },
          { validator: (_, file?: File) => (file && file.size > mostBytes ? Promise.reject(new Error(w.tooBig)) : Promise.resolve()) },
        ]}
      >
        <FileField choose={w.choose} accept=".ics,text/calendar" />
      </Form.Item>
      <ProblemAlert failed={doing.failed} />
      <SubmitButton type="default" busy={doing.busy}>
        {w.send}
      </SubmitButton>
    </Form>
  )
}

function Outgoing() {
  const doing = useDoing()
  const { message } = App.useApp()
  const [address, setAddress] = useState<string>()
  const open = async () => {
    const done = await doing.run('teaching.open', (key) => callAsMe('openTeachingCalendar', { body: {}, key }))
    if (done) setAddress(new URL(done.value.path, location.origin).href)
  }
  const close = async () => {
    const done = await doing.run('teaching.close', (key) => callAsMe('closeTeachingCalendar', { key }))
    if (!done) return
    setAddress(undefined)
    message.success(w.closed)
  }
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => message.success(w.copied))
  return (
    <section className="card teaching-address" aria-labelledby="subscribe-title">
      <h2 id="subscribe-title">{w.outTitle}</h2>
      <p className="soft">{w.outHint}</p>
      {address !== undefined && (
        <p className="row" aria-live="polite">
          <label htmlFor="teaching-address">{w.address}</label>
          <Input id="teaching-address" readOnly value={address} onFocus={(event) => event.target.select()} />
          <Button onClick={() => copy(address)}>{w.copy}</Button>
        </p>
      )}
      <ProblemAlert failed={doing.failed} />
      <div className="row">
        <Button onClick={() => void open()} loading={doing.busy}>
          {w.open}
        </Button>
        <Button type="text" onClick={() => void close()} disabled={doing.busy}>
          {w.close}
        </Button>
      </div>
    </section>
  )
}
