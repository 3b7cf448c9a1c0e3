import { yuan } from '@skills/contract/money.ts'
import { App, Button, Checkbox, Form, Input, InputNumber, Modal, Radio } from 'antd'
import { useEffect, useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { PlaceLink } from '../place-link.tsx'
import { go } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import type { PublishedRun } from '../published-runs.ts'
import { RunPicker } from '../run-picker.tsx'
import { useDoing } from '../use-doing.ts'
import { employerText } from './employer.text.ts'
import { JoinQueue } from './join-queue.tsx'

const lang = pageLanguage()
const w = employerText[lang].create
const words = employerText[lang]

interface Draft {
  run?: PublishedRun
  seats?: number | null
  payBy: 'stripe' | 'transfer'
  invoice: boolean
  title?: string
  taxNumber?: string
  email?: string
}

/** What is asked for, or nothing while the form is not whole. */
function wishOf({ run, seats, payBy, invoice, title = '', taxNumber, email }: Draft) {
  if (!run || !seats) return undefined
  const invoiceTitle = { kind: 'firm' as const, title: title.trim(), taxNumber: taxNumber?.trim() || null, email: email?.trim() || null }
  return { runId: run.id, seats, payBy, invoiceTitle: invoice ? invoiceTitle : null }
}

/** Buys seats of a run: all of them or none. The sum is shown before it is ordered; the price that counts is the API's. */
export default function BuySeats({ employerId }: { employerId: string }) {
  const [form] = Form.useForm<Draft>()
  const draft = Form.useWatch([], form) as Draft | undefined
  const [checked, setChecked] = useState<Draft>()
  const [asked, setAsked] = useState<ReturnType<typeof wishOf>>()
  const doing = useDoing()
  const { message } = App.useApp()
  // A refusal's sentences about the invoice stand at its fields as well.
  useEffect(() => {
    const errors = doing.failed?.problem?.errors ?? []
    form.setFields(
      errors.map(({ pointer, detail }) => ({ name: pointer.replace(/^#\/(invoiceTitle\/)?/, '') as keyof Draft, errors: [detail] })),
    )
  }, [doing.failed, form])
  const sum = (of: Draft | undefined) => (of?.run?.priceFen ?? 0) * (of?.seats ?? 0)
  const said = (of: Draft) => w.sum(of.seats ?? 0, yuan(of.run?.priceFen ?? 0), yuan(sum(of)))

  const order = async () => {
    if (!checked) return
    const wish = wishOf(checked)
    if (!wish) return
    setAsked(wish)
    const answer = await doing.run(`group-order/${employerId}/${JSON.stringify(wish)}`, (key) =>
      callAsMe('createGroupOrder', { params: { employerId }, body: wish, key }),
    )
    if (!answer) return setChecked(undefined)
    message.success(w.created)
    go({ employer: employerId, order: answer.value.id }, true)
  }
  return (
    <section>
      <p className="crumbs">
        <PlaceLink to={{ employer: employerId }}>{words.back}</PlaceLink>
      </p>
      <h2>{w.title}</h2>
      <ProblemAlert failed={doing.failed} />
      {asked && doing.failed?.problem?.code === 'seats-not-enough' && <JoinQueue employerId={employerId} wish={asked} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ block: 'center', focus: true }}
        className="program-form"
        initialValues={{ payBy: 'stripe', invoice: false }}
        onValuesChange={doing.forget}
        onFinish={setChecked}
      >
        <fieldset className="card">
          <Form.Item name="run" label={w.run} rules={[{ required: true, message: w.needRun }]}>
            <RunPicker priced />
          </Form.Item>
          <Form.Item
            name="seats"
            label={w.seats}
            extra={w.seatsHint}
            rules={[{ required: true, type: 'integer', min: 1, max: 200, message: w.needSeats }]}
          >
            <InputNumber min={1} max={200} precision={0} inputMode="numeric" controls={false} />
          </Form.Item>
          <Form.Item name="payBy" label={w.payBy} extra={draft ? w.wayHint[draft.payBy] : undefined}>
            <Radio.Group options={(['stripe', 'transfer'] as const).map((value) => ({ value, label: w.ways[value] }))} />
          </Form.Item>
          <Form.Item name="invoice" valuePropName="checked">
            <Checkbox>{w.wantInvoice}</Checkbox>
          </Form.Item>
          {draft?.invoice && (
            <div className="field-row">
              <Form.Item name="title" label={w.title2} rules={[{ required: true, whitespace: true, message: w.needTitle }]}>
                <Input maxLength={100} autoComplete="organization" />
              </Form.Item>
              <Form.Item name="taxNumber" label={w.tax} rules={[{ required: true, whitespace: true, message: w.needTax }]}>
                <Input maxLength={40} autoComplete="off" autoCapitalize="characters" />
              </Form.Item>
              <Form.Item name="email" label={w.email}>
                <Input maxLength={120} type="email" autoComplete="email" />
              </Form.Item>
            </div>
          )}
        </fieldset>
        <p className="soft" data-list-price>
          {w.listPrice}
        </p>
        <p>
          <PlaceLink to={{ employer: employerId, do: 'nominate' }}>{w.whoGetsWhat}</PlaceLink>
        </p>
        <p role="status" className="figures buy-sum">
          {draft?.run && draft.seats ? said(draft) : ''}
        </p>
        <Button type="primary" htmlType="submit">
          {w.check}
        </Button>
      </Form>
      {checked?.run && (
        <Modal
          open
          title={w.title}
          cancelText={w.back}
          okText={w.sure(yuan(sum(checked)))}
          confirmLoading={doing.busy}
          onCancel={() => setChecked(undefined)}
          onOk={() => void order()}
        >
          <div className="sure">
            <p className="sure-sum figures">{yuan(sum(checked))}</p>
            <p>{checked.run.title}</p>
            <p className="soft">
              {checked.run.when} · {said(checked)}
            </p>
            <p className="soft">{w.wayHint[checked.payBy]}</p>
            <p className="soft">{w.hold}</p>
          </div>
        </Modal>
      )}
    </section>
  )
}
