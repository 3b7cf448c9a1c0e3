import type { Venue } from '@skills/contract/catalog.ts'
import { policyNames, type RoomClash, type RunPlan } from '@skills/contract/planning.ts'
import { App, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { YuanField } from '../money.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { MeetingRows, type Remark } from './meeting-rows.tsx'
import { MomentField } from './moment-field.tsx'
import { newPattern, PatternFields } from './pattern-fields.tsx'
import { plannerText } from './planner.text.ts'
import { draftOfRun, patternOf, rowOf, runOf, type MeetingDraft, type PatternDraft, type RunDraft } from './run-draft.ts'

const lang = pageLanguage()
const w = plannerText[lang]
const needed = [{ required: true, message: w.needed }]

interface Parts {
  providerId: string
  courseId?: string
  runId?: string
  changed: () => void
}

/** Plans a run of a course, or changes the plan of one: patterns come to dates, each of which can be changed; rooms that are taken show what is free. */
export default function RunPlanner({ providerId, courseId, runId, changed }: Parts) {
  const venues = useAnswer('listProviderVenues', { params: { providerId } })
  const plan = useAnswer('getRunPlan', runId === undefined ? undefined : { params: { runId } })
  return (
    <section aria-labelledby="planner-title">
      <p className="crumbs">
        <PlaceLink to={{ provider: providerId }}>{w.back}</PlaceLink>
        {plan.value && <PlaceLink to={{ provider: providerId, run: plan.value.run.id }}>{plan.value.run.name[lang]}</PlaceLink>}
      </p>
      <h2 id="planner-title">{runId === undefined ? w.run.create : w.run.change}</h2>
      <Answered asked={venues}>
        {({ venues: known }) =>
          runId === undefined ? (
            <PlanForm providerId={providerId} courseId={courseId ?? ''} venues={known} changed={changed} />
          ) : (
            <Answered asked={plan}>
              {(value) => (
                <PlanForm
                  key={value.version}
                  providerId={providerId}
                  courseId={value.run.courseId}
                  venues={known}
                  plan={value}
                  changed={changed}
                />
              )}
            </Answered>
          )
        }
      </Answered>
    </section>
  )
}

type Draft = RunDraft & { patterns: PatternDraft[]; except: string[] }

function PlanForm({
  providerId,
  courseId,
  venues,
  plan,
  changed,
}: Omit<Parts, 'courseId'> & { courseId: string; venues: readonly Venue[]; plan?: RunPlan }) {
  const [form] = Form.useForm<Draft>()
  const doing = useDoing()
  const { message } = App.useApp()
  const [meetings, setMeetings] = useState<MeetingDraft[]>(() => (plan === undefined ? [] : rowsOf(plan)))
  const [found, setFound] = useState<{ remarks: (Remark | undefined)[]; skipped: string[]; provisional: boolean }>()
  const tentative = Form.useWatch('tentative', form)
  const problem = doing.failed?.problem
  const similar = problem?.code === 'similar-exists'

  const expand = async () => {
    const draft = await form.validateFields(['patterns', 'except', 'onHolidays', 'capacity'], { recursive: true }).catch(() => undefined)
    if (draft === undefined) return
    const all = form.getFieldsValue(true) as Draft
    const body = {
      patterns: all.patterns.map(patternOf),
      except: (all.except ?? []).filter(Boolean),
      onHolidays: all.onHolidays === true,
      capacity: all.capacity,
      ...(plan === undefined ? {} : { runId: plan.run.id }),
    }
    const answer = await doing.run(`dates ${JSON.stringify(body)}`, (key) =>
      callAsMe('planMeetings', { params: { providerId }, body, key }),
    )
    if (!answer) return
    const { value } = answer
    setMeetings(value.meetings.map(rowOf))
    setFound({
      remarks: value.meetings.map(({ day }, at): Remark => {
        const clash = value.clashes.find(({ meeting }) => meeting === at)
        return { day, overlap: value.overlaps.some(({ meeting }) => meeting === at), ...(clash === undefined ? {} : { clash }) }
      }),
      skipped: value.skipped.map(({ date, why }) => `${date}（${w.run.why[why]}）`),
      provisional: value.provisional,
    })
  }

  const save = async (draft: Draft, anyway: boolean) => {
    const run = runOf(draft, meetings, venues)
    const what = `run ${plan?.run.id ?? courseId} ${plan?.version ?? 'new'} ${anyway} ${JSON.stringify(run)}`
    const answer = await doing.run(what, (key) =>
      plan
        ? callAsMe('saveRunPlan', { params: { runId: plan.run.id }, body: { version: plan.version, run }, key })
        : callAsMe('createRun', { params: { courseId }, body: { code: draft.code ?? '', run, anyway }, key }),
    )
    if (!answer) return
    message.success(w.saved)
    changed()
    go({ provider: providerId, run: answer.value.runId }, true)
  }
  const first = venues[0]
  const fresh: Partial<Draft> = {
    ...{ capacity: 30, priceYuan: 0, cancelHours: 24, policy: 'standard', onHolidays: false, tentative: false, except: [] },
    venueId: first?.id ?? '',
    region: first?.region ?? '460100',
    patterns: [{ ...newPattern, place: first?.rooms[0] === undefined ? '' : `${first.id}|${first.rooms[0].name}` } as PatternDraft],
  }
  const remarks = remarksOf(meetings, found?.remarks ?? [], problem)
  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="program-form"
      scrollToFirstError={{ block: 'center', focus: true }}
      initialValues={plan ? { ...fresh, ...draftOfRun(plan.run, plan.policy) } : fresh}
      onFinish={(draft) => void save({ ...(form.getFieldsValue(true) as Draft), ...draft }, false)}
    >
      <fieldset className="card">
        <legend>{w.run.basics}</legend>
        <div className="field-row">
          {!plan && (
            <Form.Item
              name="code"
              label={w.run.code}
              extra={w.course.codeHint}
              rules={[{ required: true, pattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, message: w.course.codeHint }]}
            >
              <Input maxLength={40} autoCapitalize="none" />
            </Form.Item>
          )}
          <Form.Item name={['name', 'zh']} label={w.run.nameZh} rules={needed}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item name={['name', 'en']} label={w.run.nameEn} rules={needed}>
            <Input maxLength={120} lang="en" />
          </Form.Item>
          <Form.Item name="capacity" label={w.run.capacity} rules={needed}>
            <InputNumber min={1} max={600} precision={0} controls={false} inputMode="numeric" />
          </Form.Item>
          <Form.Item name="priceYuan" label={w.run.price} rules={needed}>
            <YuanField />
          </Form.Item>
          <Form.Item name="opensAt" label={w.run.opensAt} rules={needed}>
            <MomentField />
          </Form.Item>
          <Form.Item name="closesAt" label={w.run.closesAt} rules={needed}>
            <MomentField />
          </Form.Item>
          <Form.Item name="cancelHours" label={w.run.cancelHours} rules={needed}>
            <InputNumber min={0} max={1440} controls={false} inputMode="decimal" />
          </Form.Item>
          <Form.Item name="policy" label={w.run.policy} rules={needed}>
            <Select options={policyNames.map((name) => ({ value: name, label: w.run.policies[name] }))} popupMatchSelectWidth={false} />
          </Form.Item>
          <Form.Item name="venueId" label={w.run.venue}>
            <Select options={[...venues.map(({ id, name }) => ({ value: id, label: name[lang] })), { value: '', label: w.run.noVenue }]} />
          </Form.Item>
        </div>
        <Form.Item name="tentative" valuePropName="checked" extra={w.run.tentativeHint}>
          <Checkbox>{w.run.tentative}</Checkbox>
        </Form.Item>
        {tentative && (
          <div className="field-row">
            <Form.Item name="minimum" label={w.run.minimum} rules={needed}>
              <InputNumber min={1} max={600} precision={0} controls={false} inputMode="numeric" />
            </Form.Item>
            <Form.Item name="decideAt" label={w.run.decideAt} rules={needed}>
              <MomentField />
            </Form.Item>
          </div>
        )}
      </fieldset>
      <fieldset className="card">
        <legend>{w.run.dates}</legend>
        <p className="soft">{w.run.patternHint}</p>
        <PatternFields venues={venues} />
        <Form.Item name="onHolidays" valuePropName="checked">
          <Checkbox>{w.run.onHolidays}</Checkbox>
        </Form.Item>
        <Button onClick={() => void expand()} loading={doing.busy}>
          {w.run.expand}
        </Button>
        <div role="status" className="plan-found">
          <p>
            <strong>{w.run.meetings(meetings.length)}</strong>
          </p>
          {found && found.skipped.length > 0 && <p className="small soft">{`${w.run.skipped}${found.skipped.join(', ')}`}</p>}
          {found?.provisional && <p className="small soft">{w.run.provisional}</p>}
        </div>
        <MeetingRows meetings={meetings} remarks={remarks} venues={venues} change={setMeetings} />
        <Button
          onClick={() =>
            setMeetings([
              ...meetings,
              { date: meetings.at(-1)?.date ?? '', starts: '18:00', ends: '20:00', kind: 'classroom', place: '', devices: [] },
            ])
          }
        >
          {w.run.addMeeting}
        </Button>
      </fieldset>
      <ProblemAlert failed={doing.failed} />
      <p className="row form-foot">
        <SubmitButton busy={doing.busy}>{plan && plan.run.state !== 'draft' ? w.run.saveTold : w.run.save}</SubmitButton>
        {similar && <Button onClick={() => void save(form.getFieldsValue(true) as Draft, true)}>{w.similar.save}</Button>}
      </p>
    </Form>
  )
}

/** The rows of a plan with the devices that its crew holds. */
function rowsOf({ run, rooms }: RunPlan): MeetingDraft[] {
  return run.meetings.map((meeting) => {
    const devices = rooms.flatMap(({ meetingId, resource }) => (meetingId === meeting.id ? (resource.split('#device#')[1] ?? []) : []))
    return rowOf({ ...meeting, devices })
  })
}

/** What is said of each row: what the dates came to, until the row is changed, and what the service said when it was saved. */
function remarksOf(
  meetings: readonly MeetingDraft[],
  found: readonly (Remark | undefined)[],
  problem: { errors?: { pointer: string; detail: string }[]; [member: string]: unknown } | undefined,
): (Remark | undefined)[] {
  const clashes = (problem?.['clashes'] ?? []) as RoomClash[]
  return meetings.map((_, at): Remark => {
    const clash = clashes.find(({ meeting }) => meeting === at)
    const error = problem?.errors?.find(
      ({ pointer }) => pointer.startsWith(`#/run/meetings/${at}/`) || pointer.startsWith(`#/meetings/${at}/`),
    )
    return { ...found[at], ...(clash === undefined ? {} : { clash }), ...(error === undefined ? {} : { error: error.detail }) }
  })
}
