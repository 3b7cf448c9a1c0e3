import type { AuditChain, AuditLine } from '@skills/contract/audit.routes.ts'
import { Alert, Button, Form, Input, Radio, Tag } from 'antd'
import { useCallback, useState } from 'react'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { DateField } from '../date-field.tsx'
import { PagedTable } from '../union/paged-table.tsx'
import { useCursorPages } from '../use-cursor-pages.ts'
import { auditText } from './audit.text.ts'

const lang = pageLanguage()
const w = auditText[lang]
const doer = (by: string) => (by === 'learner' ? w.learner : by.startsWith('system:') ? w.system(by.slice(7)) : by)
const ways = ['entity', 'by', 'person'] as const
type Way = (typeof ways)[number]
/**
 * What was asked last. It stands in no address of a page, so neither the history of a browser nor a link that is passed on names anybody. Only the request to the API carries the id, a digest that says
 * nothing of her: no log keeps it, for the gateway writes the pattern of the route (`infra/gateway.ts`) and the edge writes none (`infra/door.ts`).
 */
interface Question {
  way: Way
  id: string
  since?: string | undefined
  until?: string | undefined
}
type Found = { items: AuditLine[]; next: string | null; chain: AuditChain | null }

const shapes: Record<Way, RegExp> = {
  entity: /^\s*[a-z-]*[a-z]{3}_[0-9A-Z]{26}[A-Za-z0-9_.#/-]*\s*$/,
  by: /^\s*per_[0-9A-Z]{26}\s*$/,
  person: /^\s*per_[0-9A-Z]{26}\s*$/,
}

/** The audit: by thing, by who did it, by whom it concerns; and whether the chain of a thing holds. */
export default function AuditPage() {
  const [form] = Form.useForm<Question>()
  const [way, setWay] = useState<Way>('entity')
  const [question, setQuestion] = useState<Question>()
  const see = (entity: string) => {
    form.setFieldsValue({ way: 'entity', id: entity })
    setWay('entity')
    setQuestion({ way: 'entity', id: entity })
  }
  return (
    <section className="stack" aria-labelledby="audit-title">
      <div>
        <h2 id="audit-title">{w.title}</h2>
        <p className="soft">{w.hint}</p>
      </div>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ way: 'entity' }}
        onFinish={(asked) => setQuestion({ ...asked, id: asked.id.trim() })}
        className="card"
      >
        <Form.Item name="way" label={w.way}>
          <Radio.Group
            options={ways.map((value) => ({ value, label: w.ways[value] }))}
            onChange={(event) => setWay(event.target.value as Way)}
          />
        </Form.Item>
        <Form.Item name="id" label={w.label[way]} rules={[{ required: true, pattern: shapes[way], message: w.need[way] }]}>
          <Input autoComplete="off" spellCheck={false} maxLength={160} />
        </Form.Item>
        <div className="row">
          <Form.Item name="since" label={w.since}>
            <DateField />
          </Form.Item>
          <Form.Item name="until" label={w.until}>
            <DateField />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit">
          {w.find}
        </Button>
      </Form>
      {question !== undefined && <Entries key={JSON.stringify(question)} question={question} see={see} />}
    </section>
  )
}

function Entries({ question, see }: { question: Question; see: (entity: string) => void }) {
  const ask = useCallback(
    (page: { limit: string; cursor?: string }) => {
      const { way, id, since, until } = question
      const query = { [way]: id, ...(since ? { since } : {}), ...(until ? { until } : {}) }
      return callAsMe('searchAudit', { query: { ...query, ...page } })
    },
    [question],
  )
  const pages = useCursorPages<AuditLine, Found>(ask)
  return (
    <>
      {pages.first?.chain && <ChainSays chain={pages.first.chain} />}
      <PagedTable<AuditLine>
        pages={pages}
        label={w.list}
        none={w.none}
        noneHint={w.noneHint}
        rowKey={({ entity, version }) => `${entity} ${version}`}
        columns={[
          { title: w.at, render: (_, { at }) => moment(at, lang) },
          {
            title: w.what,
            render: (_, { what, evidence }) => (
              <>
                {what[lang]} {evidence && <Tag>{w.evidence}</Tag>}
              </>
            ),
          },
          { title: w.by, render: (_, { by }) => <span className="small">{doer(by)}</span> },
          {
            title: w.entity,
            render: (_, { entity, version }) => (
              <Button type="link" size="small" className="entity-link" onClick={() => see(entity)}>{`${entity} · ${version}`}</Button>
            ),
          },
        ]}
      />
    </>
  )
}

function ChainSays({ chain: { holds, entries, brokenAt } }: { chain: AuditChain }) {
  if (entries === 0) return <Alert type="info" showIcon title={w.empty} />
  return (
    <Alert
      type={holds ? 'success' : 'error'}
      showIcon
      data-chain={holds ? 'holds' : 'broken'}
      title={holds ? w.holds(entries) : w.broken(brokenAt ?? 0)}
    />
  )
}
