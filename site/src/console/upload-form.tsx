import { Form, Progress, type FormInstance } from 'antd'
import type { ReactNode } from 'react'
import { FileField } from './file-field.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { SubmitButton } from './submit-button.tsx'
import type { Doing } from './use-doing.ts'

interface FileWords {
  file: string
  fileHint: string
  choose: string
  needFile: string
  tooBig: string
}

/** The field `file` of a form: one table file, no larger than its route takes. */
export const FileItem = ({ words, mostBytes }: { words: FileWords; mostBytes: number }) => (
  <Form.Item
    name="file"
    label={words.file}
    extra={words.fileHint}
    rules={[
      { required: true, message: words.needFile },
      { validator: (_, file?: File) => (file && file.size > mostBytes ? Promise.reject(new Error(words.tooBig)) : Promise.resolve()) },
    ]}
  >
    <FileField choose={words.choose} />
  </Form.Item>
)

interface Parts<Draft> {
  form: FormInstance<Draft>
  initial?: Partial<Draft>
  busy: boolean
  failed: Doing['failed']
  /** What the button says; whether it is the next step. */
  send: string
  next?: boolean
  /** What is being done, and how much of it is (percent), where that is known. */
  working: string
  percent?: number | undefined
  onSend: (draft: Draft) => void
  onChange: () => void
  fields: ReactNode
  /** What came of it; shown when nothing is under way. */
  children: ReactNode
}

/** A form that sends a list to be looked through, what is said while that goes on, and what came of it. */
export function UploadForm<Draft extends object>(parts: Parts<Draft>) {
  const { form, initial, busy, failed, send, next = true, working, percent, onSend, onChange, fields, children } = parts
  return (
    <>
      <Form<Draft>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="card roster-form"
        disabled={busy}
        {...(initial === undefined ? {} : { initialValues: initial })}
        onValuesChange={onChange}
        onFinish={onSend}
      >
        {fields}
        <SubmitButton type={next ? 'primary' : 'default'} busy={busy}>
          {send}
        </SubmitButton>
      </Form>
      <div aria-live="polite">
        {busy && (
          <div className="working">
            <Progress percent={percent ?? 100} status="active" showInfo={percent !== undefined} aria-label={working} />
            <p className="soft">{working}</p>
          </div>
        )}
        <ProblemAlert failed={failed} />
        {!busy && children}
      </div>
    </>
  )
}
