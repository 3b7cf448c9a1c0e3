import { instructorKinds, type Instructor, type InstructorInput } from '@skills/contract/instructor.ts'
import { App, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useTaxonomy } from '../union/rules-view.tsx'
import { useDoing } from '../use-doing.ts'
import { instructorText } from './instructor.text.ts'

const lang = pageLanguage()
const w = instructorText[lang].profile

/** A draft in the units of people: hours a week, yuan an hour. */
interface Draft extends Omit<InstructorInput, 'weeklyMinutes' | 'feeFenPerHour'> {
  weeklyHours: number
  feeYuan: number
}
const empty = { kinds: ['part-time'], languages: ['zh'], weeklyHours: 10, listed: false }

function draftOf({ weeklyMinutes, feeFenPerHour, ...rest }: Instructor): Partial<Draft> {
  return { ...rest, weeklyHours: weeklyMinutes / 60, feeYuan: feeFenPerHour / 100 }
}

function inputOf({ name, about, kinds, regions, baseRegion, weeklyHours, feeYuan, languages, listed }: Draft): InstructorInput {
  const trimmed = ({ zh, en }: InstructorInput['name']) => ({ zh: zh.trim(), en: en.trim() })
  return {
    name: trimmed(name),
    about: trimmed(about),
    kinds,
    regions,
    baseRegion,
    weeklyMinutes: Math.round(weeklyHours * 60),
    feeFenPerHour: Math.round(feeYuan * 100),
    languages,
    listed,
  }
}

/** What somebody says of herself as an instructor; the first time it makes the profile. */
export default function ProfileForm({ instructor, show }: { instructor: Instructor | undefined; show: (changed: Instructor) => void }) {
  const [form] = Form.useForm<Draft>()
  const taxonomy = useTaxonomy()
  const doing = useDoing()
  const { message } = App.useApp()
  const save = async (draft: Draft) => {
    const body = { ...inputOf(draft), version: instructor?.version ?? 0 }
    const done = await doing.run(`instructor/${JSON.stringify(body)}`, (key) => callAsMe('saveMyInstructor', { body, key }))
    if (!done) return
    message.success(w.saved)
    show(done.value.instructor)
  }
  const needed = [{ required: true, message: w.need }]
  const written = [{ required: true, whitespace: true, message: w.need }]
  const search = {
    filterOption: (typed: string, option?: { label?: unknown }) =>
      String(option?.label ?? '')
        .toLowerCase()
        .includes(typed.toLowerCase()),
  }
  const regions = (taxonomy.lists['regions']?.terms ?? []).map(({ code, name }) => ({ value: code, label: name[lang] }))
  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card"
      initialValues={instructor === undefined ? empty : draftOf(instructor)}
      disabled={doing.busy}
      onFinish={(draft) => void save(draft)}
    >
      <div className="field-row">
        <Form.Item name={['name', 'zh']} label={w.zhName} rules={written}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name={['name', 'en']} label={w.enName} rules={written}>
          <Input maxLength={40} lang="en" />
        </Form.Item>
      </div>
      <Form.Item name={['about', 'zh']} label={w.zhAbout} extra={w.aboutHint} rules={written}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <Form.Item name={['about', 'en']} label={w.enAbout} rules={written}>
        <Input.TextArea rows={3} maxLength={500} lang="en" />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="kinds" label={w.kinds} rules={needed}>
          <Select mode="multiple" options={instructorKinds.map((kind) => ({ value: kind, label: w.kind[kind] }))} />
        </Form.Item>
        <Form.Item name="languages" label={w.languages} rules={needed}>
          <Select mode="multiple" options={(['zh', 'en'] as const).map((one) => ({ value: one, label: w.language[one] }))} />
        </Form.Item>
        <Form.Item name="baseRegion" label={w.baseRegion} extra={w.baseHint} rules={needed}>
          <Select showSearch={search} options={regions.filter(({ value }) => !value.endsWith('0000'))} />
        </Form.Item>
        <Form.Item name="regions" label={w.regions} rules={needed}>
          <Select mode="multiple" showSearch={search} options={regions} />
        </Form.Item>
        <Form.Item name="weeklyHours" label={w.weekly} rules={needed}>
          <InputNumber min={0.5} max={60} step={0.5} />
        </Form.Item>
        <Form.Item name="feeYuan" label={w.fee} rules={needed}>
          <InputNumber min={0} max={100_000} precision={2} />
        </Form.Item>
      </div>
      <Form.Item name="listed" valuePropName="checked" extra={w.listedHint}>
        <Checkbox>{w.listed}</Checkbox>
      </Form.Item>
      <ProblemAlert
        failed={doing.failed}
        {...(doing.failed?.problem?.code === 'version-conflict' ? { again: () => location.reload() } : {})}
      />
      <SubmitButton busy={doing.busy}>{instructor === undefined ? w.create : w.save}</SubmitButton>
    </Form>
  )
}
