import type { Sponsor } from '@skills/contract/funding.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { dateAt } from '@skills/contract/time.ts'
import { App, Button, Form, Input, InputNumber, Radio, Select } from 'antd'
import { useEffect } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { DateField } from '../date-field.tsx'
import { YuanField } from '../money.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { editorText } from './editor.text.ts'
import { draftOf, fieldOf, termsOf, type ProgramDraft } from './program-draft.ts'
import { RuleSetFields } from './rule-set-fields.tsx'
import { useTaxonomy } from './rules-view.tsx'
import { unionText } from './union.text.ts'

const lang = pageLanguage()
const w = editorText[lang]
const needed = [{ required: true, whitespace: true, message: w.needed }]

/** Creates a program of a union, or changes one: loads what stands first, so that a change of somebody else is noticed when it is saved. */
export default function ProgramEditor({ sponsor, programId }: { sponsor: Sponsor; programId: string | undefined }) {
  const asked = useAnswer('getProgram', programId === undefined ? undefined : { params: { programId } })
  const back = { sponsor: sponsor.id, ...(programId === undefined ? {} : { program: programId }) }
  return (
    <section>
      <p className="crumbs">
        <PlaceLink to={{ sponsor: sponsor.id }}>{unionText[lang].programs}</PlaceLink>
        {asked.value && <PlaceLink to={back}>{asked.value.program.name[lang]}</PlaceLink>}
      </p>
      <h2>{programId === undefined ? w.create : w.change}</h2>
      {programId === undefined ? (
        <ProgramForm sponsor={sponsor} />
      ) : (
        <Answered asked={asked}>{(view) => <ProgramForm key={view.version} sponsor={sponsor} view={view} />}</Answered>
      )}
    </section>
  )
}

function ProgramForm({ sponsor, view }: { sponsor: Sponsor; view?: ProgramView }) {
  const [form] = Form.useForm<ProgramDraft>()
  const fundingKind = Form.useWatch(['funding', 'kind'], form)
  const stackingKind = Form.useWatch(['stacking', 'kind'], form)
  const taxonomy = useTaxonomy()
  const doing = useDoing()
  const { message } = App.useApp()
  const today = dateAt(new Date().toISOString())
  const standing = new Set(view?.program.ruleSets.filter(({ from }) => from <= today).map(({ version }) => version))
  const back = { sponsor: sponsor.id, ...(view ? { program: view.program.id } : {}) }

  // A refusal's sentences stand at their fields as well.
  useEffect(() => {
    const errors = doing.failed?.problem?.errors ?? []
    if (errors.length > 0) form.setFields(errors.map(({ pointer, detail }) => ({ name: fieldOf(pointer) as ['name'], errors: [detail] })))
  }, [doing.failed, form])

  const save = async (draft: ProgramDraft) => {
    const terms = termsOf(draft)
    const answer = await doing.run(`program/${view?.program.id ?? sponsor.id}/${view?.version ?? 'new'}/${JSON.stringify(terms)}`, (key) =>
      view
        ? callAsMe('saveProgram', { params: { programId: view.program.id }, body: { terms, version: view.version }, key })
        : callAsMe('createProgram', { params: { sponsorId: sponsor.id }, body: terms, key }),
    )
    if (!answer) return
    message.success(view ? w.saved : w.created)
    go({ sponsor: sponsor.id, program: answer.value.program.id }, true)
  }
  const fresh: ProgramDraft = {
    name: { zh: '', en: '' },
    scheme: '',
    period: {},
    funding: { kind: 'percentage', percent: 50 },
    stacking: { kind: 'exclusive' },
    ruleSets: [{ version: '1', source: { title: '', document: '' }, rules: [{ kind: 'union-member' }] }],
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ block: 'center', focus: true }}
      className="program-form"
      initialValues={view ? draftOf(view.program) : fresh}
      onFinish={(draft) => void save(draft)}
    >
      <fieldset className="card">
        <legend>{w.basics}</legend>
        <div className="field-row">
          <Form.Item name={['name', 'zh']} label={w.nameZh} rules={needed}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name={['name', 'en']} label={w.nameEn} extra={w.nameEnHint} rules={needed}>
            <Input maxLength={200} lang="en" />
          </Form.Item>
        </div>
        <div className="field-row">
          <Form.Item name={['period', 'from']} label={w.from} rules={needed}>
            <DateField />
          </Form.Item>
          <Form.Item name={['period', 'until']} label={w.until} rules={needed}>
            <DateField />
          </Form.Item>
          <Form.Item name="scheme" label={w.scheme} extra={w.schemeHint} rules={needed}>
            <Input maxLength={40} autoCapitalize="none" />
          </Form.Item>
        </div>
      </fieldset>
      <fieldset className="card">
        <legend>{w.funding}</legend>
        <Form.Item name={['funding', 'kind']} label={w.fundingKind}>
          <Radio.Group options={(['percentage', 'fixed', 'full'] as const).map((kind) => ({ value: kind, label: w.fundingKinds[kind] }))} />
        </Form.Item>
        <div className="field-row">
          {fundingKind === 'fixed' && (
            <Form.Item name={['funding', 'fen']} label={w.fixed} rules={[{ required: true, message: w.needed }]}>
              <YuanField />
            </Form.Item>
          )}
          {fundingKind === 'percentage' && (
            <>
              <Form.Item name={['funding', 'percent']} label={w.percent} rules={[{ required: true, message: w.needed }]}>
                <InputNumber min={1} max={100} precision={0} inputMode="numeric" controls={false} />
              </Form.Item>
              <Form.Item name={['funding', 'capFen']} label={w.cap}>
                <YuanField />
              </Form.Item>
            </>
          )}
        </div>
        <Form.Item name={['stacking', 'kind']} label={w.stacking}>
          <Radio.Group options={(['exclusive', 'with'] as const).map((kind) => ({ value: kind, label: w.stackingKinds[kind] }))} />
        </Form.Item>
        {stackingKind === 'with' && (
          <Form.Item name={['stacking', 'schemes']} label={w.stackingSchemes}>
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ', '、']} />
          </Form.Item>
        )}
      </fieldset>
      <h3>{w.rules}</h3>
      <p className="soft">{w.rulesHint}</p>
      <Form.List name="ruleSets">
        {(sets, list) => (
          <>
            {sets.map((field) => (
              <RuleSetFields
                key={field.key}
                field={field}
                taxonomy={taxonomy}
                locked={
                  standing.has((form.getFieldValue(['ruleSets', field.name, 'version']) as string | undefined) ?? '') &&
                  field.name < (view?.program.ruleSets.length ?? 0)
                }
                remove={sets.length > 1 ? () => list.remove(field.name) : undefined}
              />
            ))}
            <Button
              onClick={() =>
                list.add({ version: String(sets.length + 1), source: { title: '', document: '' }, rules: [{ kind: 'union-member' }] })
              }
            >
              {w.addSet}
            </Button>
          </>
        )}
      </Form.List>
      <ProblemAlert failed={doing.failed} />
      <div className="row form-foot">
        <Button type="primary" htmlType="submit" loading={doing.busy}>
          {view ? w.save : w.createIt}
        </Button>
        <Button onClick={() => go(back)}>{w.cancel}</Button>
      </div>
    </Form>
  )
}
