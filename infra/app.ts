import { readFileSync } from 'node:fs'
import path from 'node:path'
import { App } from 'aws-cdk-lib'
import { bundle } from './bundle.ts'
import { buildHouse } from './house.ts'

/**
 * The entry of the CDK app. Started by the CDK's command line, or alone: then the context of cdk.json (with its feature flags) is read
 * here, context in CDK_CONTEXT_JSON is laid over it, and the templates are written to CDK_OUTDIR or cdk.out.
 */
const root = path.resolve(import.meta.dirname, '..')
const { context } = JSON.parse(readFileSync(path.join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> }

await bundle()
const app = new App({ context, outdir: process.env['CDK_OUTDIR'] ?? path.join(root, 'cdk.out') })
buildHouse(app)
app.synth()
