import type { CourseInput, CourseLine } from '@skills/contract/planning.ts'
import { deliveries, educations, families, levels } from '@skills/contract/taxonomy.ts'
import { App, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useEffect } from 'react'
import { word } from '../../catalog/words.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { consoleText } from '../console.text.ts'
import { YuanField } from '../money.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { TradeSelect } from '../union/term-selects.tsx'
import { useTaxonomy } from '../union/rules-view.tsx'
import { CoursePicture } from './course-picture.tsx'
import { courseOf, draftOf, emptyCourse, type CourseDraft } from './course-draft.ts'
import { plannerText } from './planner.text.ts'

const lang = pageLanguage()
const w = plannerText[lang]
const needed = [{ required: true, message: w.needed }]
const hours = <InputNumber min={0} max={2000} precision={0} inputMode="numeric" controls={false} />
const both = (name: 'title' | 'summary' | 'audience', long = false) => (
  <div className="field-row">
    {(['zh', 'en'] as const).map((language) => (
      <Form.Item key={language} name={[name, language]} label={w.course[`${name}${language === 'zh' ? 'Zh' : 'En'}`]} rules={needed}>
        {long ? <Input.TextArea rows={3} maxLength={4000} lang={language} /> : <Input maxLength={200} lang={language} />}
      </Form.Item>
    ))}
  </div>
)

/** Writes a course of a provider, or changes one. Courses are saved as drafts and published from the list. */
export default function CourseEditor({
  providerId,
  line,
  changed,
}: {
  providerId: string
  line: CourseLine | undefined
  changed: () => void
}) {
  const [form] = Form.useForm<CourseDraft>()
  const taxonomy = useTaxonomy()
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const list = (name: string) => (taxonomy.lists[name]?.terms ?? []).map((term) => ({ value: term.code, label: term.name[lang] }))

  useEffect(() => {
    const errors = doing.failed?.problem?.errors ?? []
    form.setFields(errors.map(({ pointer, detail }) => ({ name: pointer.slice(2).split('/') as ['industry'], errors: [detail] })))
  }, [doing.failed, form])

  const save = async (draft: CourseDraft, anyway: boolean) => {
    const course: CourseInput = courseOf(draft, line?.course.conditions ?? [])
    const what = `course/${line?.course.id ?? providerId}/${line?.version ?? 'new'}/${anyway}/${JSON.stringify(course)}`
    const answer = await doing.run(what, (key) =>
      line
        ? callAsMe('saveCourse', { params: { courseId: line.course.id }, body: { version: line.version, course, anyway }, key })
        : callAsMe('createCourse', { params: { providerId }, body: { code: draft.code ?? '', course, anyway }, key }),
    )
    if (!answer) return
    for (const { words } of answer.value.remarks) void modal.info({ title: w.remarks, content: words[lang] })
    message.success(w.saved)
    changed()
    go({ provider: providerId }, true)
  }
  const similar = doing.failed?.problem?.code === 'similar-exists'
  return (
    <section aria-labelledby="editor-title">
      <p className="crumbs">
        <PlaceLink to={{ provider: providerId }}>{w.back}</PlaceLink>
      </p>
      <h2 id="editor-title">{line ? w.course.change : w.course.create}</h2>
      {line && <CoursePicture line={line} changed={changed} />}
      <Form<CourseDraft>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="program-form"
        scrollToFirstError={{ block: 'center', focus: true }}
        initialValues={line ? draftOf(line.course) : emptyCourse}
        onFinish={(draft) => void save(draft, false)}
      >
        <fieldset className="card">
          <legend>{w.course.basics}</legend>
          {!line && (
            <Form.Item
              name="code"
              label={w.course.code}
              extra={w.course.codeHint}
              rules={[{ required: true, pattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, message: w.course.codeHint }]}
            >
              <Input maxLength={40} autoCapitalize="none" />
            </Form.Item>
          )}
          {both('title')}
          {both('summary', true)}
          {both('audience')}
          <Form.List name="outcomes">
            {(fields, { add, remove }) => (
              <>
                <h3>{w.course.outcomes}</h3>
                {fields.map((field) => (
                  <div key={field.key} className="rule-line">
                    <div className="rule-fields">
                      <Form.Item name={[field.name, 'zh']} label={w.course.outcomeZh} rules={needed}>
                        <Input maxLength={300} />
                      </Form.Item>
                      <Form.Item name={[field.name, 'en']} label={w.course.outcomeEn} rules={needed}>
                        <Input maxLength={300} lang="en" />
                      </Form.Item>
                    </div>
                    <Button size="small" onClick={() => remove(field.name)}>
                      {w.run.remove}
                    </Button>
                  </div>
                ))}
                <Button onClick={() => add({ zh: '', en: '' })}>{w.course.addOutcome}</Button>
              </>
            )}
          </Form.List>
        </fieldset>
        <fieldset className="card">
          <legend>{w.course.kind}</legend>
          <div className="field-row">
            <Form.Item name="family" label={w.course.family} rules={needed}>
              <Select options={families.map((one) => ({ value: one, label: word('family', one, lang) }))} />
            </Form.Item>
            <Form.Item name="industry" label={w.course.industry} rules={needed}>
              <Select options={list('industries')} />
            </Form.Item>
            <Form.Item name="trade" label={w.course.trade}>
              <TradeSelect taxonomy={taxonomy} allowClear placeholder={w.course.none} />
            </Form.Item>
            <Form.Item name="level" label={w.course.level}>
              <Select
                allowClear
                placeholder={w.course.none}
                options={levels.map((one) => ({ value: one, label: word('level', one, lang) }))}
              />
            </Form.Item>
            <Form.Item name="delivery" label={w.course.delivery} rules={needed}>
              <Select options={deliveries.map((one) => ({ value: one, label: word('delivery', one, lang) }))} />
            </Form.Item>
            <Form.Item name="languages" label={w.course.languages} rules={needed}>
              <Select
                mode="multiple"
                options={(['zh', 'en'] as const).map((one) => ({ value: one, label: word('language', one, lang) }))}
              />
            </Form.Item>
            <Form.Item name="theoryHours" label={w.course.theory} extra={w.course.hoursHint} rules={needed}>
              {hours}
            </Form.Item>
            <Form.Item name="practiceHours" label={w.course.practice} rules={needed}>
              {hours}
            </Form.Item>
            <Form.Item name="feeYuan" label={w.course.fee} rules={needed}>
              <YuanField />
            </Form.Item>
          </div>
        </fieldset>
        <fieldset className="card">
          <legend>{w.course.conditions}</legend>
          <div className="field-row">
            <Form.Item name="minAge" label={w.course.minAge}>
              <InputNumber min={14} max={100} precision={0} controls={false} placeholder={w.course.none} />
            </Form.Item>
            <Form.Item name="maxAge" label={w.course.maxAge}>
              <InputNumber min={14} max={100} precision={0} controls={false} placeholder={w.course.none} />
            </Form.Item>
            <Form.Item name="education" label={w.course.education}>
              <Select
                allowClear
                placeholder={w.course.none}
                options={educations.map((one) => ({ value: one, label: word('education', one, lang) }))}
              />
            </Form.Item>
          </div>
          <Form.Item name="health" valuePropName="checked">
            <Checkbox>{w.course.health}</Checkbox>
          </Form.Item>
        </fieldset>
        <ProblemAlert failed={doing.failed} />
        <p className="row form-foot">
          <SubmitButton busy={doing.busy}>{consoleText[lang].save}</SubmitButton>
          {similar && <Button onClick={() => void save(form.getFieldsValue(true) as CourseDraft, true)}>{w.similar.save}</Button>}
          <span className="soft small">{w.course.draftHint}</span>
        </p>
      </Form>
    </section>
  )
}
