import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { dateAt } from '@skills/contract/time.ts'
import { composeMany } from './demo/compose-many.ts'
import { operatorClient, sendCatalog } from './send-catalog.ts'

/** `npm run seed -- --courses 10000 [--seed 1] [--date 2026-11-21] [--file out.csv] [--api https://…/api]`: a large catalog through the import, or into a file. */
try {
  const { values } = parseArgs({
    options: {
      courses: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      date: { type: 'string' },
      file: { type: 'string' },
      api: { type: 'string' },
    },
  })
  const [courses, seed] = [Number(values.courses), Number(values.seed)]
  if (!Number.isInteger(courses) || courses < 1 || courses > 100_000 || !Number.isInteger(seed))
    throw new Error('--courses 1…100000, --seed 整数 · a whole number')
  const bytes = new TextEncoder().encode(composeMany(courses, seed, values.date ?? dateAt(new Date().toISOString())))
  if (values.file !== undefined) writeFileSync(values.file, bytes)
  else {
    const started = Date.now()
    const total = await sendCatalog(operatorClient(values.api), bytes, true, (done, pieces) => {
      console.error(`${done}/${pieces}  ${((Date.now() - started) / 1000).toFixed(0)} s`)
    })
    console.log(
      `${courses} 门课程 · courses, ${total.rows} 期 · runs: ${total.created} 新建 · created, ${total.changed} 更新 · changed, ${total.unchanged} 没有变化 · unchanged, ${total.rejected} 未通过 · rejected`,
    )
    process.exitCode = total.rejected > 0 ? 2 : 0
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
