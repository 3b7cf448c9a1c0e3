// One execution environment of a function: loads the bundle once, then answers one invocation at a time. Plain JavaScript, so that a cold start
// does not pay for taking types out. Events and answers travel as JSON text, as they do in the cloud.
import { parentPort, workerData } from 'node:worker_threads'

const { file, exported, name, memory, arn, logStream } = workerData
let log = ''
let busy = false
const keep = (piece) => {
  log += typeof piece === 'string' ? piece : Buffer.from(piece).toString()
  if (!busy) flush()
}
const flush = () => {
  if (log !== '') parentPort.postMessage({ log })
  log = ''
}
// Lines go with the answer in one message; a write to the thread's own stream would be a message each.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (piece, encoding, done) => {
    keep(piece)
    const after = typeof encoding === 'function' ? encoding : done
    if (after) queueMicrotask(after)
    return true
  }
}

const described = (error) =>
  JSON.stringify({
    errorType: error?.name ?? typeof error,
    errorMessage: error?.message ?? String(error),
    trace: typeof error?.stack === 'string' ? error.stack.split('\n') : [],
  })

// Where a test let weeks pass, this thread lives in them.
const ahead = Number(process.env['CLOCK_AHEAD_MS'] ?? 0)
if (ahead > 0) (await import('./move-date.ts')).moveDate(ahead)

let handler
try {
  handler = (await import(file))[exported]
  if (typeof handler !== 'function') throw new Error(`${name} exports no function ${exported}`)
  flush()
  parentPort.postMessage({ ready: true })
} catch (error) {
  parentPort.postMessage({ broken: described(error), log })
  process.exit(1)
}

parentPort.on('message', async ({ payload, requestId, deadline }) => {
  busy = true
  const context = {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: logStream,
    memoryLimitInMB: String(memory),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  }
  let message
  try {
    message = { answer: JSON.stringify(await handler(JSON.parse(payload), context)) ?? 'null' }
  } catch (error) {
    message = { failed: described(error) }
  }
  busy = false
  if (log !== '') message.log = log
  log = ''
  parentPort.postMessage(message)
})
