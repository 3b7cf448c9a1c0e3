import type { RuleText } from '@skills/contract/applications.ts'
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import type { FileKind } from '@skills/contract/files.ts'
import { pageLanguage } from '../language.ts'
import { DateField } from '../console/date-field.tsx'
import { TradeSelect } from '../console/union/term-selects.tsx'
import { useTaxonomy } from '../console/union/rules-view.tsx'
import { applyText } from './apply.text.ts'
import { ProofField } from './proof-field.tsx'

const lang = pageLanguage()
const w = applyText[lang]
type Names = ReadonlyMap<string, string>
type Name = (string | number)[]

const text = (name: Name | string, label: string, most: number, area = false) => (
  <Form.Item name={name} label={label}>
    {area ? <Input.TextArea rows={3} maxLength={most} /> : <Input maxLength={most} autoComplete="off" />}
  </Form.Item>
)

function Region({ name }: { name: Name | string }) {
  const terms = useTaxonomy().lists['regions']?.terms ?? []
  const options = terms.map(({ code, name: said }) => ({ value: code, label: said[lang] }))
  return (
    <Form.Item name={name} label={w.region}>
      <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
    </Form.Item>
  )
}

/** A paper: its scan, and until when it is good. */
function Paper({
  file,
  until,
  kind,
  label,
  names,
}: {
  file: Name | string
  until: Name | string
  kind: FileKind
  label: string
  names: Names
}) {
  return (
    <div className="field-row">
      <Form.Item name={file} label={label}>
        <ProofField kind={kind} label={label} names={names} />
      </Form.Item>
      <Form.Item name={until} label={`${label} · ${w.until}`} extra={w.untilHint}>
        <DateField />
      </Form.Item>
    </div>
  )
}

export function ProviderStep() {
  return (
    <>
      <div className="field-row">
        {text(['name', 'zh'], w.nameZh, 80)}
        {text(['name', 'en'], w.nameEn, 80)}
      </div>
      {text(['about', 'zh'], w.aboutZh, 1000, true)}
      {text(['about', 'en'], w.aboutEn, 1000, true)}
      <Region name="region" />
    </>
  )
}

export function LicenceStep({ names }: { names: Names }) {
  return (
    <>
      <div className="field-row">
        <Form.Item name="uscc" label={w.uscc} extra={w.usccHint}>
          <Input maxLength={40} autoComplete="off" autoCapitalize="characters" spellCheck={false} />
        </Form.Item>
        {text('legalPerson', w.legalPerson, 60)}
      </div>
      <Paper file="licenceFile" until="licenceUntil" kind="licence" label={w.licence} names={names} />
    </>
  )
}

export function ScopeStep({ names }: { names: Names }) {
  const taxonomy = useTaxonomy()
  return (
    <Form.List name="scope">
      {(fields, { add, remove }) => (
        <div className="stack">
          {fields.map(({ key, name }) => (
            <fieldset key={key} className="rule-line">
              <legend className="unseen">{`${w.trade} ${name + 1}`}</legend>
              <div className="rule-fields">
                <Form.Item name={[name, 'trade']} label={w.trade}>
                  <TradeSelect taxonomy={taxonomy} />
                </Form.Item>
                <Form.Item name={[name, 'fileId']} label={w.proof}>
                  <ProofField kind="scope-proof" label={`${w.proof} ${name + 1}`} names={names} />
                </Form.Item>
                <Form.Item name={[name, 'until']} label={w.until} extra={w.untilHint}>
                  <DateField />
                </Form.Item>
              </div>
              <Button aria-label={`${w.remove} ${w.trade} ${name + 1}`} onClick={() => remove(name)}>
                {w.remove}
              </Button>
            </fieldset>
          ))}
          <Button onClick={() => add({})}>{w.addTrade}</Button>
        </div>
      )}
    </Form.List>
  )
}

export function VenuesStep({ names }: { names: Names }) {
  return (
    <Form.List name="venues">
      {(fields, { add, remove }) => (
        <div className="stack">
          {fields.map(({ key, name }) => (
            <fieldset key={key} className="card apply-venue">
              <legend>{w.venue(name + 1)}</legend>
              <div className="field-row">
                {text([name, 'name', 'zh'], w.venueNameZh, 80)}
                {text([name, 'name', 'en'], w.venueNameEn, 80)}
                {text([name, 'address', 'zh'], w.addressZh, 200)}
                {text([name, 'address', 'en'], w.addressEn, 200)}
              </div>
              <Region name={[name, 'region']} />
              <Rooms venue={name} />
              <Photos venue={name} names={names} />
              <Paper file={[name, 'fireFile']} until={[name, 'fireUntil']} kind="fire-safety" label={w.fire} names={names} />
              <Button danger onClick={() => remove(name)}>{`${w.remove} ${w.venue(name + 1)}`}</Button>
            </fieldset>
          ))}
          <Button onClick={() => add({ rooms: [{}], photos: [undefined] })}>{w.addVenue}</Button>
        </div>
      )}
    </Form.List>
  )
}

function Rooms({ venue }: { venue: number }) {
  return (
    <Form.List name={[venue, 'rooms']}>
      {(fields, { add, remove }) => (
        <div className="stack-s">
          {fields.map(({ key, name }) => (
            <div key={key} className="rule-line">
              <div className="rule-fields">
                {text([name, 'name'], `${w.room} ${name + 1}`, 60)}
                <Form.Item name={[name, 'capacity']} label={w.capacity}>
                  <InputNumber min={1} max={2000} precision={0} />
                </Form.Item>
                {text([name, 'equipment'], w.equipment, 400)}
              </div>
              <Button aria-label={`${w.remove} ${w.room} ${name + 1}`} onClick={() => remove(name)}>
                {w.remove}
              </Button>
            </div>
          ))}
          <Button onClick={() => add({})}>{w.addRoom}</Button>
        </div>
      )}
    </Form.List>
  )
}

function Photos({ venue, names }: { venue: number; names: Names }) {
  return (
    <Form.List name={[venue, 'photos']}>
      {(fields, { add, remove }) => (
        <div className="stack-s apply-photos">
          <p>{w.photos}</p>
          {fields.map(({ key, name }) => (
            <div key={key} className="row">
              <Form.Item name={name} noStyle>
                <ProofField kind="venue-photo" label={`${w.photos} ${name + 1}`} names={names} />
              </Form.Item>
              <Button aria-label={`${w.remove} ${w.photos} ${name + 1}`} onClick={() => remove(name)}>
                {w.remove}
              </Button>
            </div>
          ))}
          {fields.length < 8 && <Button onClick={() => add()}>{w.addPhoto}</Button>}
        </div>
      )}
    </Form.List>
  )
}

export function CommitmentsStep({ rules }: { rules: readonly RuleText[] }) {
  return (
    <Form.Item name="commitments">
      <Checkbox.Group className="apply-rules">
        {rules.map(({ id, title, text: words, from }) => (
          <section key={id} className="card stack-s" aria-label={title[lang]}>
            <h4>{title[lang]}</h4>
            <p>{words[lang]}</p>
            <p className="small soft">{w.since(from)}</p>
            <Checkbox value={id} data-rule={id}>{`${w.accept}: ${title[lang]}`}</Checkbox>
          </section>
        ))}
      </Checkbox.Group>
    </Form.Item>
  )
}
