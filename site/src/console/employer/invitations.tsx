import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { App, Button, Form, Input, Tag } from 'antd'
import { useEffect, useRef } from 'react'
import { DataTable } from '../data-table.tsx'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { employerText } from './employer.text.ts'
import { SeatMeter } from './order-list.tsx'

const lang = pageLanguage()
const w = employerText[lang]
type Line = GroupOrder['invitations'][number]
const color = { open: 'warning', accepted: 'success', declined: 'error', withdrawn: 'default' } as const

/** Who is invited to the seats of an order, with withdrawing and swapping. Names and numbers are sent and not kept here: only the firm's own label is shown. */
export function Invitations({ order, show }: { order: GroupOrder; show: (order: GroupOrder) => void }) {
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const withdraw = ({ id, state }: Line) =>
    modal.confirm({
      title: state === 'accepted' ? w.sureSwap : w.sureWithdraw,
      okText: state === 'accepted' ? w.swap : w.withdraw,
      onOk: async () => {
        const answer = await doing.run(`withdraw/${id}`, (key) =>
          callAsMe('withdrawInvitation', { params: { groupOrderId: order.id, invitationId: id }, key }),
        )
        if (!answer) return
        message.success(w.withdrawn)
        show(answer.value)
      },
    })
  if (order.state !== 'paid') return order.state === 'awaiting-payment' ? <p className="soft">{w.notPaid}</p> : null
  return (
    <div className="stack">
      <h3>{w.invitations}</h3>
      <SeatMeter order={order} />
      {order.unassigned > 0 ? <InviteForm order={order} show={show} /> : <p className="notice">{w.full}</p>}
      <ProblemAlert failed={doing.failed} />
      {order.invitations.length > 0 && (
        <DataTable<Line>
          label={w.invitations}
          rowKey="id"
          dataSource={order.invitations.toSorted((a, b) => (a.at < b.at ? 1 : -1))}
          pagination={false}
          columns={[
            { title: w.who, dataIndex: 'label' },
            { title: w.stateTitle, render: (_, { state }) => <Tag color={color[state]}>{w.invState[state]}</Tag> },
            { title: w.person, render: (_, { maskedName }) => maskedName ?? '—' },
            { title: w.at, render: (_, { at, answeredAt }) => moment(answeredAt ?? at, lang) },
            {
              title: w.action,
              render: (_, line) =>
                line.state === 'open' || line.state === 'accepted' ? (
                  <Button
                    size="small"
                    onClick={() => withdraw(line)}
                    aria-label={`${line.state === 'open' ? w.withdraw : w.swap} ${line.label}`}
                  >
                    {line.state === 'open' ? w.withdraw : w.swap}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
    </div>
  )
}

interface Draft {
  name: string
  mobileOrId: string
  label: string
}

function InviteForm({ order, show }: { order: GroupOrder; show: (order: GroupOrder) => void }) {
  const [form] = Form.useForm<Draft>()
  const doing = useDoing()
  const { message } = App.useApp()
  // An attempt is named by chance and not by what was typed: names and numbers are kept nowhere, not even on this device.
  const attempt = useRef(crypto.randomUUID())
  useEffect(() => {
    const errors = doing.failed?.problem?.errors ?? []
    form.setFields(errors.map(({ pointer, detail }) => ({ name: pointer.replace(/^#\//, '') as keyof Draft, errors: [detail] })))
  }, [doing.failed, form])
  const invite = async (body: Draft) => {
    const answer = await doing.run(`invite/${attempt.current}`, (key) =>
      callAsMe('invite', { params: { groupOrderId: order.id }, body, key }),
    )
    if (!answer) return
    attempt.current = crypto.randomUUID()
    message.success(w.invited)
    form.resetFields()
    show(answer.value)
  }
  const need = [{ required: true, whitespace: true, message: w.need }]
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card"
      disabled={doing.busy}
      onValuesChange={() => {
        attempt.current = crypto.randomUUID()
        doing.forget()
      }}
      onFinish={(draft) => void invite(draft)}
    >
      <p className="soft">{w.invitationsHint}</p>
      <ProblemAlert failed={doing.failed} />
      <div className="field-row">
        <Form.Item name="name" label={w.name} rules={need}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="mobileOrId" label={w.number} rules={need}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="label" label={w.label} extra={w.labelHint} rules={need}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      </div>
      <SubmitButton busy={doing.busy}>{w.invite}</SubmitButton>
    </Form>
  )
}
