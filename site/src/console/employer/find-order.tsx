import { isId } from '@skills/contract/ids.ts'
import { Button, Form, Input } from 'antd'
import { pageLanguage } from '../../language.ts'
import { go } from '../place.ts'
import { employerText } from './employer.text.ts'

const w = employerText[pageLanguage()].operator

/** An operator opens a group order by the number that a transfer's note says. */
export default function FindOrder() {
  return (
    <section>
      <h2>{w.title}</h2>
      <Form<{ order: string }>
        layout="vertical"
        requiredMark={false}
        className="card"
        onFinish={({ order }) => go({ order: plain(order) })}
      >
        <Form.Item
          name="order"
          label={w.number}
          extra={w.hint}
          rules={[
            {
              validator: (_, typed) =>
                isId('groupOrder', plain(String(typed ?? ''))) ? Promise.resolve() : Promise.reject(new Error(w.wrong)),
            },
          ]}
        >
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {w.open}
        </Button>
      </Form>
    </section>
  )
}

/** The number in its one spelling, whatever a bank made of it: `GRO-01K…`, `gro_01k…`. */
const plain = (typed: string) =>
  typed
    .trim()
    .toUpperCase()
    .replace(/^GRO[\s_-]?/, 'gro_')
