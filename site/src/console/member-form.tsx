import type { Member } from '@skills/contract/people.routes.ts'
import { roles as allRoles, type Role } from '@skills/contract/route.ts'
import type { Text } from '@skills/contract/text.ts'
import { App, Button, Checkbox, Form, Input } from 'antd'
import { useEffect, useRef } from 'react'
import { callAsMe } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'
import { consoleText } from './console.text.ts'
import { membersText } from './members.text.ts'
import { ProblemAlert } from './problem-alert.tsx'
import { SubmitButton } from './submit-button.tsx'
import { useDoing } from './use-doing.ts'

const lang = pageLanguage()
const w = membersText[lang]
const kinds: Record<string, string> = { prv: 'provider:', spo: 'sponsor:', emp: 'employer:', plt: 'platform:' }

interface Draft {
  person: string
  roles: Role[]
  zh?: string
  en?: string
}

/** Not `required`: that would say so of the group, where the standard has no place for it. */
const needRole = {
  validator: (_: unknown, roles: readonly Role[] = []) => (roles.length > 0 ? Promise.resolve() : Promise.reject(new Error(w.needRole))),
}

interface Parts {
  organizationId: string
  /** What it is called where it is known; left out, the form asks. */
  name: Text | undefined
  /** Whose appointment is changed; left out: somebody new. */
  member: Member | undefined
  done: () => void
  cancel: () => void
}

/** Appoints somebody, or changes what she may do as it was read. */
export function MemberForm({ organizationId, name, member, done, cancel }: Parts) {
  const [form] = Form.useForm<Draft>()
  const doing = useDoing()
  const { message } = App.useApp()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (member !== undefined) title.current?.focus()
  }, [member])
  const send = async ({ person, roles, zh = '', en = '' }: Draft) => {
    const params = { personId: person.trim(), organizationId }
    const body = { roles, version: member?.version ?? 0, organizationName: name ?? { zh: zh.trim(), en: en.trim() } }
    const sent = await doing.run(`member/${organizationId}/${params.personId}/${JSON.stringify(body)}`, (key) =>
      callAsMe('saveMembership', { params, body, key }),
    )
    if (!sent) return
    message.success(member === undefined ? w.saved : w.changed)
    form.resetFields()
    done()
  }
  const need = { required: true, whitespace: true, message: w.needName }
  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card"
      disabled={doing.busy}
      initialValues={{ person: member?.personId ?? '', roles: member?.roles ?? [] }}
      onFinish={(draft) => void send(draft)}
    >
      <h3 ref={title} tabIndex={-1}>
        {member === undefined ? w.appoint : w.changing}
      </h3>
      <Form.Item
        name="person"
        label={w.person}
        extra={member === undefined ? w.personHint : undefined}
        rules={[{ required: true, pattern: /^\s*per_[0-7][0-9A-HJKMNP-TV-Z]{25}\s*$/, message: w.needPerson }]}
      >
        <Input autoComplete="off" spellCheck={false} readOnly={member !== undefined} />
      </Form.Item>
      <Form.Item name="roles" label={w.roles} rules={[needRole]}>
        <Checkbox.Group
          className="people-roles"
          options={allRoles
            .filter((role) => role.startsWith(kinds[organizationId.slice(0, 3)] ?? '-'))
            .map((role) => ({ value: role, label: w.names[role] }))}
        />
      </Form.Item>
      {name === undefined && (
        <>
          <Form.Item name="zh" label={w.nameZh} rules={[need]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="en" label={w.nameEn} rules={[need]}>
            <Input maxLength={100} />
          </Form.Item>
        </>
      )}
      <ProblemAlert failed={doing.failed} />
      <div className="row">
        <SubmitButton busy={doing.busy}>{member === undefined ? w.save : w.saveChange}</SubmitButton>
        {member !== undefined && <Button onClick={cancel}>{consoleText[lang].cancel}</Button>}
      </div>
    </Form>
  )
}
