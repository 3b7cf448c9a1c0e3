import type { Venue } from '@skills/contract/catalog.ts'
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { weekdayName } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { DateField } from '../date-field.tsx'
import { kinds } from './meeting-rows.tsx'
import { plannerText } from './planner.text.ts'
import { PlaceSelect } from './place-select.tsx'
import type { PatternDraft } from './run-draft.ts'

const lang = pageLanguage()
const w = plannerText[lang].run
const needed = [{ required: true, message: plannerText[lang].needed }]
/** A group of boxes takes no `aria-required`, so the rule is one of our own. */
const someDay = [
  {
    validator: (_: unknown, days?: number[]) =>
      days && days.length > 0 ? Promise.resolve() : Promise.reject(new Error(plannerText[lang].needed)),
  },
]
export const newPattern: Partial<PatternDraft> = {
  weekdays: [1, 2, 3, 4, 5],
  starts: '18:00',
  ends: '20:00',
  lessons: 4,
  kind: 'classroom',
  place: '',
}

/** The patterns of a run: days of the week at the same hours, and days that are left out. */
export function PatternFields({ venues }: { venues: readonly Venue[] }) {
  return (
    <>
      <Form.List name="patterns">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="rule-line">
                <div className="rule-fields">
                  <Form.Item name={[name, 'from']} label={w.from} rules={needed}>
                    <DateField />
                  </Form.Item>
                  <Form.Item name={[name, 'weekdays']} label={w.weekdays} rules={someDay} className="wide">
                    <Checkbox.Group options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: day, label: weekdayName(day % 7, lang) }))} />
                  </Form.Item>
                  <Form.Item name={[name, 'starts']} label={w.starts} rules={needed}>
                    <Input type="time" />
                  </Form.Item>
                  <Form.Item name={[name, 'ends']} label={w.ends} rules={needed}>
                    <Input type="time" />
                  </Form.Item>
                  <Form.Item name={[name, 'lessons']} label={w.lessons} rules={needed}>
                    <InputNumber min={1} max={60} precision={0} controls={false} inputMode="numeric" />
                  </Form.Item>
                  <Form.Item name={[name, 'kind']} label={w.kind} rules={needed}>
                    <Select options={kinds} />
                  </Form.Item>
                  <Form.Item name={[name, 'place']} label={w.place}>
                    <PlaceSelect venues={venues} />
                  </Form.Item>
                </div>
                {fields.length > 1 && (
                  <Button size="small" onClick={() => remove(name)}>
                    {w.remove}
                  </Button>
                )}
              </div>
            ))}
            <Button onClick={() => add(newPattern)}>{w.addPattern}</Button>
          </>
        )}
      </Form.List>
      <Form.List name="except">
        {(fields, { add, remove }) => (
          <div className="row tight except-days">
            <span>{w.except}</span>
            {fields.map(({ key, name }) => (
              <span key={key} className="row tight">
                <Form.Item name={name} noStyle>
                  <DateField aria-label={w.except} />
                </Form.Item>
                <Button size="small" onClick={() => remove(name)}>
                  {w.remove}
                </Button>
              </span>
            ))}
            <Button size="small" onClick={() => add('')}>
              {w.addExcept}
            </Button>
          </div>
        )}
      </Form.List>
    </>
  )
}
