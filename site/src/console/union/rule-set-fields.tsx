import { Button, ConfigProvider, Form, Input, InputNumber, Tag, type FormListFieldData } from 'antd'
import type { Taxonomy } from '../../catalog/words.ts'
import { pageLanguage } from '../../language.ts'
import { DateField } from '../date-field.tsx'
import { editorText } from './editor.text.ts'
import { RuleFields } from './rule-fields.tsx'

const w = editorText[pageLanguage()]
const needed = [{ required: true, whitespace: true, message: w.needed }]

interface Parts {
  field: FormListFieldData
  taxonomy: Taxonomy
  /** A version that may have granted already: only its end can be written. */
  locked: boolean
  remove: (() => void) | undefined
}

/** One version of the rules: its days, its source, its rules. */
export function RuleSetFields({ field: { name }, taxonomy, locked, remove }: Parts) {
  return (
    <fieldset className="card rule-set-fields" data-locked={locked}>
      <legend>
        {w.set(name + 1)} {locked && <Tag color="success">{w.locked}</Tag>}
      </legend>
      <div className="field-row">
        <Form.Item name={[name, 'version']} label={w.version} rules={needed}>
          <Input maxLength={40} disabled={locked} />
        </Form.Item>
        <Form.Item name={[name, 'from']} label={w.from} rules={needed}>
          {locked ? <Input disabled /> : <DateField />}
        </Form.Item>
        <Form.Item name={[name, 'until']} label={w.untilOpen}>
          <DateField />
        </Form.Item>
      </div>
      <div className="field-row">
        <Form.Item name={[name, 'source', 'title']} label={w.sourceTitle} rules={needed}>
          <Input maxLength={200} disabled={locked} />
        </Form.Item>
        <Form.Item name={[name, 'source', 'document']} label={w.sourceDocument} rules={needed}>
          <Input maxLength={200} disabled={locked} />
        </Form.Item>
      </div>
      <p className="soft small">{w.earnsHint}</p>
      <div className="field-row">
        {(['fullFromPercent', 'shareFromPercent', 'belowPercent'] as const).map((band) => (
          <Form.Item key={band} name={[name, 'earns', band]} label={w.earns[band]}>
            <InputNumber min={0} max={100} precision={0} controls={false} inputMode="numeric" disabled={locked} />
          </Form.Item>
        ))}
      </div>
      <Form.List name={[name, 'rules']}>
        {(rules, list) => (
          <>
            {rules.length === 0 && <p className="soft">{w.noRules}</p>}
            {rules.map((rule) => (
              <div key={rule.key} className="rule-line">
                <ConfigProvider componentDisabled={locked}>
                  <RuleFields at={[name, rule.name]} field={rule.name} taxonomy={taxonomy} />
                </ConfigProvider>
                {!locked && (
                  <Button size="small" danger onClick={() => list.remove(rule.name)}>
                    {w.removeRule}
                  </Button>
                )}
              </div>
            ))}
            {!locked && (
              <div className="row">
                <Button onClick={() => list.add({ kind: 'union-member' })}>{w.addRule}</Button>
                {remove && (
                  <Button danger onClick={remove}>
                    {w.removeSet}
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </Form.List>
    </fieldset>
  )
}
