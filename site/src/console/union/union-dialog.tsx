import { sponsorLevels, type Sponsor, type SponsorView } from '@skills/contract/funding.ts'
import { App, Form, Input, Modal, Select } from 'antd'
import { useEffect, useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { consoleText } from '../console.text.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useDoing } from '../use-doing.ts'
import { useTaxonomy } from './rules-view.tsx'
import { newSponsorId, possibleParents } from './union-tree.ts'
import { unionText } from './union.text.ts'
import { unionsText } from './unions.text.ts'

const lang = pageLanguage()
const w = unionsText[lang]
const common = consoleText[lang]

interface Draft {
  name: { zh: string; en: string }
  level: Sponsor['level']
  parentId: string
  region?: string
  uscc?: string
}

/** A choice that stands for no union above. */
const root = ''

/** Registers a union or changes one: its names, level, region, place in the tree and code. What is refused is said at its field. */
export function UnionDialog({
  sponsor,
  sponsors,
  close,
  done,
}: {
  sponsor: SponsorView | undefined
  sponsors: readonly Sponsor[]
  close: () => void
  done: () => void
}) {
  const [form] = Form.useForm<Draft>()
  // One id for as long as the form is open: pressed twice, it is still one union.
  const [id] = useState(() => sponsor?.id ?? newSponsorId(Date.now(), crypto.getRandomValues(new Uint8Array(16))))
  const taxonomy = useTaxonomy()
  const doing = useDoing()
  const { message } = App.useApp()
  useEffect(() => {
    const errors = doing.failed?.problem?.errors ?? []
    if (errors.length > 0) form.setFields(errors.map(({ pointer, detail }) => ({ name: fieldOf(pointer), errors: [detail] })))
  }, [doing.failed, form])

  const save = async () => {
    const { name, level, parentId, region = '', uscc = '' } = await form.validateFields()
    const body = {
      name: { zh: name.zh.trim(), en: name.en.trim() },
      level,
      parentId: parentId === root ? null : parentId,
      region,
      uscc: uscc.trim(),
      ...(sponsor === undefined ? {} : { version: sponsor.version }),
    }
    const answer = await doing.run(`union/${id}/${JSON.stringify(body)}`, (key) =>
      callAsMe('saveSponsor', { params: { sponsorId: id }, body, key }),
    )
    if (!answer) return
    message.success(w.saved(answer.value.name[lang]))
    done()
  }
  const regions = (taxonomy.lists['regions']?.terms ?? []).map(({ code, name }) => ({ value: code.padEnd(6, '0'), label: name[lang] }))
  const parents = possibleParents(sponsors, sponsor?.id).map(({ id: value, name, depth }) => ({ value, label: name[lang], depth }))
  const search = {
    filterOption: (typed: string, option?: { label?: string }) => (option?.label ?? '').toLowerCase().includes(typed.toLowerCase()),
  }
  const name = (language: 'zh' | 'en') => (
    <Form.Item
      name={['name', language]}
      label={language === 'zh' ? w.nameZh : w.nameEn}
      rules={[{ required: true, whitespace: true, message: w.needName }]}
    >
      <Input maxLength={120} autoComplete="off" lang={language} />
    </Form.Item>
  )
  return (
    <Modal
      open
      width={600}
      title={sponsor ? w.editTitle : w.add}
      onCancel={close}
      cancelText={common.cancel}
      okText={common.save}
      confirmLoading={doing.busy}
      onOk={() => void save().catch(() => undefined)}
    >
      <ProblemAlert failed={doing.failed} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onValuesChange={doing.forget}
        initialValues={{ level: 'city', ...sponsor, parentId: sponsor?.parentId ?? root }}
      >
        {name('zh')}
        {name('en')}
        <Form.Item name="parentId" label={w.parent}>
          <Select
            showSearch={search}
            options={[{ value: root, label: w.noParent, depth: 0 }, ...parents]}
            optionRender={({ data }) => (
              <span className="tree-line" style={{ paddingInlineStart: data.depth * 18 }}>
                {data.depth > 0 ? '└ ' : ''}
                {data.label}
              </span>
            )}
          />
        </Form.Item>
        <Form.Item name="level" label={w.level}>
          <Select options={sponsorLevels.map((level) => ({ value: level, label: unionText[lang].level[level] }))} />
        </Form.Item>
        <Form.Item name="region" label={w.region} rules={[{ required: true, message: w.needRegion }]}>
          <Select showSearch={search} options={regions} />
        </Form.Item>
        <Form.Item name="uscc" label={w.uscc} extra={w.usccHint}>
          <Input maxLength={40} autoComplete="off" autoCapitalize="characters" spellCheck={false} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** The field that a pointer of a refusal names: `#/name/zh` is the Chinese name. */
const fieldOf = (pointer: string): 'level' | 'parentId' | 'region' | 'uscc' | ['name', 'zh' | 'en'] => {
  const [first = '', second = ''] = pointer.replace(/^#\//, '').split('/')
  return first === 'name' ? ['name', second === 'en' ? 'en' : 'zh'] : (first as 'level')
}
