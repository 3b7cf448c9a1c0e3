import type { CourseLine } from '@skills/contract/planning.ts'
import { App, Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { acceptedTypes, sendFile } from '../../provider/send-file.ts'
import { FileField } from '../file-field.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { coursePictureText } from './course-picture.text.ts'

const lang = pageLanguage()
const w = coursePictureText[lang]

interface Draft {
  file?: File
  fit: 'crop' | 'contain'
  alt: { zh: string; en: string }
}

/** The picture of a course: what it has, another one from the device with words for who does not see it, or none. It is saved by itself, because a file takes its time. */
export function CoursePicture({ line: { course, version }, changed }: { line: CourseLine; changed: () => void }) {
  const [form] = Form.useForm<Draft>()
  const { message } = App.useApp()
  const sending = useDoing()
  const saving = useDoing()
  const [part, setPart] = useState<number>()
  const [image] = course.images
  const put = async (picture: { fileId: string; fit: Draft['fit']; alt: Draft['alt'] } | null) => {
    const done = await saving.run(`picture ${course.id} ${version} ${JSON.stringify(picture)}`, (key) =>
      callAsMe('saveCoursePicture', { params: { courseId: course.id }, body: { version, picture }, key }),
    )
    if (!done) return
    message.success(w.saved)
    form.resetFields()
    changed()
  }
  const save = async ({ file, fit, alt }: Draft) => {
    if (file === undefined) return
    setPart(0)
    const sent = await sending.run(`picture file ${file.name} ${file.size} ${file.lastModified}`, async () => {
      const outcome = await sendFile('course-picture', file, setPart)
      if (outcome.ok || 'status' in outcome) return outcome
      throw new Error('nothing answered')
    })
    setPart(undefined)
    if (sent) await put({ fileId: sent.value.id, fit, alt })
  }
  return (
    <section aria-labelledby="picture-title" className="card stack-s">
      <h3 id="picture-title">{w.title}</h3>
      {image === undefined ? (
        <p className="soft">{w.none}</p>
      ) : (
        <figure className="course-picture">
          <img src={image.src} width={320} height={180} alt={image.alt[lang]} />
          <figcaption className="small soft">{image.alt[lang]}</figcaption>
        </figure>
      )}
      <Form<Draft>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ fit: 'crop' }}
        onFinish={(draft) => void save(draft)}
      >
        <Form.Item name="file" label={w.file} extra={w.fileHint} rules={[{ required: true, message: w.fileHint }]}>
          <FileField choose={w.choose} accept={acceptedTypes('course-picture')} />
        </Form.Item>
        <Form.Item name="fit" label={w.fit}>
          <Radio.Group options={(['crop', 'contain'] as const).map((value) => ({ value, label: w.fits[value] }))} />
        </Form.Item>
        <div className="field-row">
          {(['zh', 'en'] as const).map((language) => (
            <Form.Item
              key={language}
              name={['alt', language]}
              label={w.alt[language]}
              extra={w.altHint}
              rules={[{ required: true, whitespace: true, message: w.altHint }]}
            >
              <Input maxLength={200} lang={language} />
            </Form.Item>
          ))}
        </div>
        <ProblemAlert failed={sending.failed ?? saving.failed} />
        <p className="row tight">
          <SubmitButton busy={sending.busy || saving.busy}>{w.save}</SubmitButton>
          {image !== undefined && (
            <Button danger disabled={sending.busy || saving.busy} onClick={() => void put(null)}>
              {w.remove}
            </Button>
          )}
          <span role="status" className="soft small">
            {part === undefined ? '' : w.sending(Math.round(part * 100))}
          </span>
        </p>
      </Form>
    </section>
  )
}
