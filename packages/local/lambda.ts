import { randomUUID } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { functionArn } from './physical-names.ts'

/** What a function is, as its template says. */
export interface FunctionConfig {
  name: string
  /** Folder of the bundle. */
  folder: string
  /** `file.export`, for example `index.handler`. */
  handler: string
  memoryMb: number
  timeoutMs: number
  env: Record<string, string>
  /** How many may run at once; more callers wait their turn. */
  concurrency: number
  logFile: string
}

/** What an invocation gives: the answer as JSON text, or the failure as JSON text with `failed`. */
interface Invoked {
  payload: string
  failed: boolean
  requestId: string
}

export interface LambdaFunction {
  config: FunctionConfig
  invoke(payload: string): Promise<Invoked>
  /** Starts execution environments before anyone waits for them. */
  warm(count: number): Promise<void>
  /** From now on new code answers; running invocations end with the old one. */
  swap(folder: string): void
  stop(): Promise<void>
}

interface Call {
  payload: string
  requestId: string
  done: (result: Invoked) => void
}
interface Environment {
  worker: Worker
  call: Call | undefined
  timer: NodeJS.Timeout | undefined
  ready: boolean
  retired: boolean
  onReady: (() => void)[]
}
type Message = { ready?: true; broken?: string; answer?: string; failed?: string; log?: string }

/** The greatest answer of a synchronous invocation, in characters of its JSON (Lambda quotas: 6 MB). */
export const payloadLimit = 6_291_556

const ended = '{"errorType":"Stopped","errorMessage":"the cloud was stopped"}'

/** Runs a function in worker threads: one invocation at a time in each, more threads on demand up to the function's concurrency. */
export function createFunction(config: FunctionConfig): LambdaFunction {
  const environments = new Set<Environment>()
  const idle: Environment[] = []
  const waiting: Call[] = []
  let log: WriteStream | undefined
  let stopped = false

  function write(text: string) {
    if (log === undefined) {
      mkdirSync(join(config.logFile, '..'), { recursive: true })
      log = createWriteStream(config.logFile, { flags: 'a' })
    }
    log.write(text.endsWith('\n') ? text : `${text}\n`)
  }

  function drop(environment: Environment, why: string) {
    if (!environments.delete(environment)) return
    clearTimeout(environment.timer)
    const place = idle.indexOf(environment)
    if (place >= 0) idle.splice(place, 1)
    const { call } = environment
    environment.call = undefined
    for (const done of environment.onReady) done()
    void environment.worker.terminate()
    if (call) call.done({ payload: why, failed: true, requestId: call.requestId })
    if (waiting.length > 0 && !stopped) grow()
  }

  function grow() {
    if (environments.size >= config.concurrency) return
    const environment: Environment = {
      worker: startWorker(config),
      call: undefined,
      timer: undefined,
      ready: false,
      retired: false,
      onReady: [],
    }
    environments.add(environment)
    environment.worker.on('message', (message: Message) => {
      if (message.log !== undefined) write(message.log)
      if (message.ready) {
        environment.ready = true
        for (const done of environment.onReady.splice(0)) done()
        next(environment)
      } else if (message.broken !== undefined) {
        // The one who waits longest hears of it, as an init error answers the invocation that caused it.
        environment.call = waiting.shift()
        write(message.broken)
        drop(environment, message.broken)
      } else if (message.answer !== undefined || message.failed !== undefined) {
        settle(environment, message)
      }
    })
    environment.worker.on('error', (error: Error) => {
      const why = JSON.stringify({
        errorType: error.name === 'Error' && 'code' in error ? String(error.code) : error.name,
        errorMessage: error.message,
        trace: error.stack?.split('\n') ?? [],
      })
      environment.call ??= environment.ready ? undefined : waiting.shift()
      write(why)
      drop(environment, why)
    })
    environment.worker.on('exit', (code) =>
      drop(environment, JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: `the function ended with code ${code}` })),
    )
  }

  function settle(environment: Environment, message: Message) {
    const { call } = environment
    environment.call = undefined
    clearTimeout(environment.timer)
    if (message.failed !== undefined) write(message.failed)
    if (call) {
      const tooLarge = message.answer !== undefined && message.answer.length > payloadLimit
      const payload = tooLarge
        ? JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage: 'the answer is larger than 6 MB' })
        : (message.answer ?? message.failed ?? '')
      call.done({ payload, failed: tooLarge || message.failed !== undefined, requestId: call.requestId })
    }
    if (environment.retired) {
      environments.delete(environment)
      void environment.worker.terminate()
      if (waiting.length > 0) grow()
    } else next(environment)
  }

  function next(environment: Environment) {
    const call = waiting.shift()
    if (call === undefined) idle.push(environment)
    else run(environment, call)
  }

  function run(environment: Environment, call: Call) {
    environment.call = call
    environment.worker.postMessage({ payload: call.payload, requestId: call.requestId, deadline: Date.now() + config.timeoutMs })
    environment.timer = setTimeout(() => {
      const why = JSON.stringify({
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${call.requestId} Error: Task timed out after ${(config.timeoutMs / 1000).toFixed(2)} seconds`,
      })
      write(why)
      drop(environment, why)
    }, config.timeoutMs)
  }

  return {
    config,
    invoke(payload) {
      return new Promise((done) => {
        const call = { payload, requestId: randomUUID(), done }
        if (stopped) return done({ payload: ended, failed: true, requestId: call.requestId })
        // The most recently used first: it is the warmest, and the others may rest.
        const environment = idle.pop()
        if (environment) return run(environment, call)
        waiting.push(call)
        grow()
      })
    },
    async warm(count) {
      while (environments.size < Math.min(count, config.concurrency)) grow()
      await Promise.all(
        [...environments].filter(({ ready }) => !ready).map((environment) => new Promise<void>((done) => environment.onReady.push(done))),
      )
    },
    swap(folder) {
      config.folder = folder
      for (const environment of [...environments]) {
        environment.retired = true
        if (environment.call === undefined && environment.ready) drop(environment, '')
        else if (!environment.ready) drop(environment, '')
      }
    },
    async stop() {
      stopped = true
      for (const call of waiting.splice(0)) call.done({ payload: ended, failed: true, requestId: call.requestId })
      await Promise.all(
        [...environments].map(async (environment) => {
          drop(environment, ended)
          await environment.worker.terminate()
        }),
      )
      await new Promise<void>((done) => (log ? log.end(done) : done()))
    },
  }
}

function startWorker(config: FunctionConfig): Worker {
  const dot = config.handler.lastIndexOf('.')
  const base = join(config.folder, config.handler.slice(0, dot))
  const file = [`${base}.mjs`, `${base}.cjs`, `${base}.js`].find(existsSync)
  if (file === undefined) throw new Error(`${config.name}: no ${config.handler.slice(0, dot)}.mjs, .cjs or .js in its bundle`)
  return new Worker(new URL('./lambda-worker.mjs', import.meta.url), {
    env: config.env,
    execArgv: [],
    name: config.name,
    workerData: {
      file: pathToFileURL(file).href,
      exported: config.handler.slice(dot + 1),
      name: config.name,
      memory: config.memoryMb,
      arn: functionArn(config.name),
      logStream: `local/[$LATEST]${randomUUID().replaceAll('-', '')}`,
    },
    resourceLimits: { maxOldGenerationSizeMb: config.memoryMb },
    stdout: true,
    stderr: true,
  })
}
