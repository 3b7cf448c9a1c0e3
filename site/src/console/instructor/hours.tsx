import type { AvailabilityInput, Instructor, WeeklyWindow } from '@skills/contract/instructor.ts'
import { clockAt, dateAt, instantOf } from '@skills/contract/time.ts'
import { App, Button, Form, Input, Select } from 'antd'
import { callAsMe } from '../../identity/my-api.ts'
import { weekdayName } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { DateField } from '../date-field.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { Calendars } from './calendars.tsx'
import { instructorText } from './instructor.text.ts'

const lang = pageLanguage()
const w = instructorText[lang].hours
const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: day, label: weekdayName(day % 7, lang) }))

interface Draft {
  windows: WeeklyWindow[]
  exceptions: { kind: 'busy' | 'free'; date: string; from: string; to: string }[]
}
/** The end of a day is written `23:59` by a clock field and means midnight. */
const endClock = (clock: string) => (clock === '23:59' ? '24:00' : clock)
const shownEnd = (clock: string) => (clock === '24:00' || clock === '00:00' ? '23:59' : clock)

function draftOf({ windows, exceptions }: Instructor): Draft {
  return {
    windows: windows.map((one) => ({ ...one, to: shownEnd(one.to) })),
    exceptions: exceptions
      .filter(({ source }) => source === 'own')
      .map(({ kind, from, to }) => ({ kind, date: dateAt(from), from: clockAt(from), to: shownEnd(clockAt(to)) })),
  }
}

function inputOf({ windows = [], exceptions = [] }: Partial<Draft>): AvailabilityInput {
  return {
    windows: windows.map((one) => ({ ...one, to: endClock(one.to) })),
    exceptions: exceptions.map(({ kind, date, from, to }) => ({ kind, from: instantOf(date, from), to: instantOf(date, endClock(to)) })),
  }
}

const needed = [{ required: true, message: w.need }]
const after = ({ getFieldValue }: { getFieldValue: (name: (string | number)[]) => unknown }, path: (string | number)[]) => ({
  validator: (_: unknown, to?: string) =>
    to === undefined || to === '' || String(getFieldValue([...path, 'from'])) < to ? Promise.resolve() : Promise.reject(new Error(w.order)),
})

/** The hours that somebody offers: every week, and what is different on some days; calendars that go in and out. */
export default function Hours({ instructor, show }: { instructor: Instructor; show: (changed: Instructor) => void }) {
  const [form] = Form.useForm<Draft>()
  const doing = useDoing()
  const { message } = App.useApp()
  const save = async (draft: Draft) => {
    const body = { ...inputOf(draft), ...(instructor.version === undefined ? {} : { version: instructor.version }) }
    const done = await doing.run(`hours/${JSON.stringify(body)}`, (key) => callAsMe('saveAvailability', { body, key }))
    if (!done) return
    message.success(w.saved)
    show(done.value.instructor)
  }
  const from = (source: string) => instructor.exceptions.filter((one) => one.source === source).length
  return (
    <div className="stack">
      <Form<Draft>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="card hours-form"
        initialValues={draftOf(instructor)}
        disabled={doing.busy}
        onFinish={(draft) => void save(draft)}
      >
        <h2>{w.weekly}</h2>
        <p className="soft">{w.weeklyHint}</p>
        <Form.List name="windows">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div className="rule-line" key={key}>
                  <div className="rule-fields">
                    <Form.Item name={[name, 'weekday']} label={w.weekday} rules={needed}>
                      <Select options={weekdays} />
                    </Form.Item>
                    <Clocks list="windows" name={name} />
                  </div>
                  <Button onClick={() => remove(name)}>{w.remove}</Button>
                </div>
              ))}
              <Button onClick={() => add({ weekday: (fields.length % 7) + 1, from: '18:00', to: '21:00' })}>{w.add}</Button>
            </>
          )}
        </Form.List>
        <h2>{w.exceptions}</h2>
        <p className="soft">{w.exceptionsHint}</p>
        {from('calendar') > 0 && <p className="small soft">{w.imported(from('calendar'))}</p>}
        {instructor.calendarAt !== undefined && <p className="small soft">{w.importedOn(dateAt(instructor.calendarAt))}</p>}
        {from('illness') > 0 && <p className="small soft">{w.ill(from('illness'))}</p>}
        <Form.List name="exceptions">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div className="rule-line" key={key}>
                  <div className="rule-fields">
                    <Form.Item name={[name, 'kind']} label={w.exceptions} rules={needed}>
                      <Select options={(['busy', 'free'] as const).map((kind) => ({ value: kind, label: w.kinds[kind] }))} />
                    </Form.Item>
                    <Form.Item name={[name, 'date']} label={w.date} rules={needed}>
                      <DateField />
                    </Form.Item>
                    <Clocks list="exceptions" name={name} />
                  </div>
                  <Button onClick={() => remove(name)}>{w.remove}</Button>
                </div>
              ))}
              <Button onClick={() => add({ kind: 'busy', from: '00:00', to: '23:59' })}>{w.addException}</Button>
            </>
          )}
        </Form.List>
        <ProblemAlert
          failed={doing.failed}
          {...(doing.failed?.problem?.code === 'version-conflict' ? { again: () => location.reload() } : {})}
        />
        <p className="row">
          <SubmitButton busy={doing.busy}>{w.save}</SubmitButton>
        </p>
      </Form>
      <Calendars show={show} />
    </div>
  )
}

/** Beginning and end on the clock, chosen with what the reader's own device offers for it. */
const Clocks = ({ list, name }: { list: 'windows' | 'exceptions'; name: number }) => (
  <>
    <Form.Item name={[name, 'from']} label={w.from} rules={needed}>
      <Input type="time" />
    </Form.Item>
    <Form.Item
      name={[name, 'to']}
      label={w.to}
      dependencies={[[list, name, 'from']]}
      rules={[...needed, (form) => after(form, [list, name])]}
    >
      <Input type="time" />
    </Form.Item>
  </>
)
