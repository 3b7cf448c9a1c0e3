import type { ImportReport } from '@skills/contract/catalog.routes.ts'
import { Button, Form, Statistic } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { RemarksTable } from '../remarks-table.tsx'
import { FileItem, UploadForm } from '../upload-form.tsx'
import { useDoing } from '../use-doing.ts'
import { importText } from './import.text.ts'
import type { TabProps } from './tabs.ts'

const w = importText[pageLanguage()]
const mostBytes = 4_000_000

interface Draft {
  file?: File
}

/** Imports a provider's own courses and runs from a sheet: a dry run's report first, then the same file is written, as drafts. */
export default function ImportTab({ manages }: TabProps) {
  const [form] = Form.useForm<Draft>()
  const [sent, setSent] = useState<{ file: File; report: ImportReport }>()
  const doing = useDoing()
  const send = async (file: File, write: boolean) => {
    const what = `import/${file.name}/${file.size}/${file.lastModified}/${write}`
    const answer = await doing.run(what, (key) => callAsMe('importCatalog', { query: write ? { write: 'yes' } : {}, body: file, key }))
    if (answer) setSent({ file, report: answer.value })
  }
  return (
    <section aria-labelledby="import-title">
      <div className="console-title">
        <div>
          <h2 id="import-title">{w.title}</h2>
          <p className="soft">{manages ? w.hint : w.looker}</p>
          <p>
            <a className="underlined" href="/api/catalog/imports/template" download>
              {w.template}
            </a>
          </p>
        </div>
      </div>
      {manages && (
        <UploadForm<Draft>
          form={form}
          busy={doing.busy}
          failed={doing.failed}
          send={w.dry}
          next={sent === undefined}
          working={w.working}
          onChange={() => setSent(undefined)}
          onSend={({ file }) => file && void send(file, false)}
          fields={<FileItem words={w} mostBytes={mostBytes} />}
        >
          {sent && (
            <div className="stack card">
              <h3>{sent.report.written ? w.written : w.found}</h3>
              <div className="row">
                {(['created', 'changed', 'unchanged', 'rejected'] as const).map((what) => (
                  <Statistic key={what} title={w.counts[what]} value={sent.report[what]} />
                ))}
              </div>
              {sent.report.remarks.length > 0 && <RemarksTable remarks={sent.report.remarks} />}
              {!sent.report.written && sent.report.created + sent.report.changed > 0 && (
                <p>
                  <Button type="primary" loading={doing.busy} onClick={() => void send(sent.file, true)}>
                    {w.write}
                  </Button>
                </p>
              )}
            </div>
          )}
        </UploadForm>
      )}
    </section>
  )
}
