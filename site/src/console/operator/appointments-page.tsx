import { platformId } from '@skills/contract/ids.ts'
import type { Text } from '@skills/contract/text.ts'
import { Button, Form, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { loadIndex } from '../../catalog/load.ts'
import { pageLanguage } from '../../language.ts'
import { MembersOf } from '../members-of.tsx'
import { newId } from '../new-id.ts'
import { go, usePlace } from '../place.ts'
import { useAnswer } from '../use-answer.ts'
import { appointmentsText } from './appointments.text.ts'

const lang = pageLanguage()
const w = appointmentsText[lang]
const open = (organization: string) => go({ tab: 'appointments', organization })

/** Who acts for any organization; the organization stands in the address. */
export default function AppointmentsPage() {
  const organizationId = usePlace()['organization']
  const known = useKnown()
  return (
    <section className="stack">
      <h2>{w.title}</h2>
      <p className="soft">{w.lead}</p>
      <div className="stack-s">
        <label htmlFor="known-organization">{w.known}</label>
        <Select
          id="known-organization"
          className="wide-select"
          placeholder={w.placeholder}
          value={known.some(({ id }) => id === organizationId) ? organizationId : null}
          options={known.map(({ id, name }) => ({ value: id, label: name[lang] }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={open}
        />
      </div>
      <Form
        key={organizationId ?? ''}
        layout="vertical"
        requiredMark={false}
        initialValues={{ organization: organizationId }}
        onFinish={({ organization }: { organization: string }) => open(organization.trim())}
      >
        <Form.Item
          name="organization"
          label={w.id}
          extra={w.employerHint}
          rules={[{ required: true, pattern: /^\s*(prv|spo|emp|plt)_[0-7][0-9A-HJKMNP-TV-Z]{25}\s*$/, message: w.idHint }]}
        >
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        <div className="row">
          <Button htmlType="submit">{w.open}</Button>
          <Button onClick={() => open(newId('emp', Date.now(), crypto.getRandomValues(new Uint8Array(16))))}>{w.employer}</Button>
        </div>
      </Form>
      {organizationId !== undefined && (
        <MembersOf key={organizationId} organizationId={organizationId} name={known.find(({ id }) => id === organizationId)?.name} />
      )}
    </section>
  )
}

interface Named {
  id: string
  name: Text
}

/** The organizations that have a name of their own: the platform, unions, providers of the published catalog. */
function useKnown(): Named[] {
  const { value } = useAnswer('listSponsors', {})
  const [providers, setProviders] = useState<readonly Named[]>([])
  useEffect(() => {
    void loadIndex().then(
      (index) => setProviders(index.providers.map(({ id, name }) => ({ id, name }))),
      () => undefined,
    )
  }, [])
  const platform = { id: platformId, name: { zh: appointmentsText.zh.platform, en: appointmentsText.en.platform } }
  return [platform, ...(value?.sponsors ?? []).map(({ id, name }) => ({ id, name })), ...providers]
}
