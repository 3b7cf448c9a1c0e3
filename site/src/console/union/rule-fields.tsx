import { employmentKinds, levels } from '@skills/contract/taxonomy.ts'
import { Form, InputNumber, Select } from 'antd'
import { word, type Taxonomy } from '../../catalog/words.ts'
import { pageLanguage } from '../../language.ts'
import { editorText } from './editor.text.ts'
import { ruleKinds, type RuleDraft } from './program-draft.ts'
import { RegionSelect, TradeSelect } from './term-selects.tsx'

const lang = pageLanguage()
const w = editorText[lang]
const needed = [{ required: true, message: w.needed }]
const count = (min: number, max: number) => <InputNumber min={min} max={max} precision={0} inputMode="numeric" controls={false} />
const tags = <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ', '、']} />

/** The fields of one rule: its kind, and what its kind asks. `at` is where it stands in the form: rule set, rule. */
export function RuleFields({ at: [set, rule], field, taxonomy }: { at: [number, number]; field: number; taxonomy: Taxonomy }) {
  const draft = Form.useWatch(['ruleSets', set, 'rules', rule]) as RuleDraft | undefined
  const own = (name: keyof RuleDraft) => [field, name]
  return (
    <div className="rule-fields">
      <Form.Item name={own('kind')} label={w.rule}>
        <Select options={ruleKinds.map((kind) => ({ value: kind, label: w.kinds[kind] }))} />
      </Form.Item>
      {draft?.kind === 'region' && (
        <Form.Item name={own('regions')} label={w.regions} rules={needed}>
          <RegionSelect taxonomy={taxonomy} />
        </Form.Item>
      )}
      {draft?.kind === 'employment' && (
        <Form.Item name={own('kinds')} label={w.employment} rules={needed}>
          <Select
            mode="multiple"

            options={employmentKinds.map((kind) => ({ value: kind, label: word('employment', kind, lang) }))}
          />
        </Form.Item>
      )}
      {draft?.kind === 'age' && (
        <>
          <Form.Item name={own('min')} label={w.min}>
            {count(0, 120)}
          </Form.Item>
          <Form.Item name={own('max')} label={w.max}>
            {count(0, 120)}
          </Form.Item>
        </>
      )}
      {draft?.kind === 'trade' && (
        <>
          <Form.Item name={own('trades')} label={w.trades} rules={needed}>
            <TradeSelect taxonomy={taxonomy} mode="multiple" />
          </Form.Item>
          <Form.Item name={own('levels')} label={w.levels}>
            <Select
              mode="multiple"

              options={levels.map((level) => ({ value: level, label: word('level', level, lang) }))}
            />
          </Form.Item>
        </>
      )}
      {(draft?.kind === 'per-scheme-and-year' || draft?.kind === 'at-most') && (
        <Form.Item name={own('times')} label={w.times} rules={needed} initialValue={1}>
          {count(1, 20)}
        </Form.Item>
      )}
      {draft?.kind === 'per-scheme-and-year' && (
        <>
          <Form.Item name={own('shortageTrades')} label={w.shortage}>
            <TradeSelect taxonomy={taxonomy} mode="multiple" />
          </Form.Item>
          {(draft.shortageTrades?.length ?? 0) > 0 && (
            <Form.Item name={own('extra')} label={w.extra} rules={needed} initialValue={1}>
              {count(1, 20)}
            </Form.Item>
          )}
        </>
      )}
      {draft?.kind === 'at-most' && (
        <>
          <Form.Item name={own('period')} label={w.per} initialValue="year">
            <Select options={(['year', 'ever'] as const).map((value) => ({ value, label: w.pers[value] }))} />
          </Form.Item>
          <Form.Item name={own('schemes')} label={w.schemesAll}>
            {tags}
          </Form.Item>
        </>
      )}
      {draft?.kind === 'not-with' && (
        <Form.Item name={own('schemes')} label={w.schemes} rules={needed}>
          {tags}
        </Form.Item>
      )}
      {draft?.kind === 'attendance' && (
        <>
          <Form.Item name={own('withinMonths')} label={w.months} rules={needed} initialValue={12}>
            {count(1, 60)}
          </Form.Item>
          <Form.Item name={own('mostNoShows')} label={w.noShows} rules={needed} initialValue={0}>
            {count(0, 99)}
          </Form.Item>
        </>
      )}
    </div>
  )
}
