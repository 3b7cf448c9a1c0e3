import type { App } from 'aws-cdk-lib'
import { CfnFunction } from 'aws-cdk-lib/aws-lambda'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '@skills/infra/bundle.ts'
import { functions, type FunctionKey } from '@skills/infra/functions.ts'
import { dataControls } from './data-controls.ts'
import { doorControls } from './door-controls.ts'
import { functionControls } from './function-controls.ts'
import { gatewayControls } from './gateway-controls.ts'
import { rightsControls } from './rights-controls.ts'
import { ofType, synthesize, text, type Templates } from './templates.ts'

const controls = { ...dataControls, ...rightsControls, ...functionControls, ...gatewayControls, ...doorControls }

let sizes: Map<FunctionKey, number>
let prod: Templates

beforeAll(async () => {
  sizes = await bundle()
  prod = synthesize({ stage: 'prod' })
}, 300_000)

describe('the template of production', () => {
  for (const [name, { check, remove }] of Object.entries(controls)) {
    test(name, () => {
      expect(check(prod)).toEqual([])
      const broken = structuredClone(prod)
      remove(broken)
      expect(check(broken), 'the check does not notice when this is taken away').not.toEqual([])
    })
  }

  test('a cold start of a function that answers requests loads at most 460 kB', () => {
    const heavy = [...sizes].filter(([key, bytes]) => functions[key].kind === 'api' && bytes > 460_000)
    expect(heavy).toEqual([])
  })

  test.each([
    ['/', '/index.html'],
    ['/catalog/', '/catalog/index.html'],
    ['/en/courses/crs_01', '/en/courses/crs_01/index.html'],
    ['/catalog/index.json', '/catalog/index.json'],
    ['/_astro/page.8f3a.js', '/_astro/page.8f3a.js'],
  ])('the edge reads %s as %s', (asked, read) => {
    const [code] = ofType(prod, 'AWS::CloudFront::Function').map((made) => String(made.Properties.FunctionCode))
    const handler = new Function(`${code}; return handler`)() as (event: object) => { uri: string }
    expect(handler({ request: { uri: asked } }).uri).toBe(read)
  })
})

test('with an issuer from outside there is no user pool, and its name stands where tokens are checked and fetched', () => {
  const outside = synthesize({
    issuer: 'https://id.example.org/realm',
    clientId: 'storefront',
    jwksUrl: 'https://id.example.org/realm/jwks',
    site: 'not/built/yet',
  })
  expect(ofType(outside, 'AWS::Cognito::UserPool')).toEqual([])
  const [authorizer] = ofType(outside, 'AWS::ApiGatewayV2::Authorizer')
  expect(authorizer?.Properties.JwtConfiguration).toEqual({
    Issuer: 'https://id.example.org/realm',
    Audience: ['https://skills-supermarket.example/api', 'storefront'],
  })
  expect(text(ofType(outside, 'AWS::CloudFront::ResponseHeadersPolicy'))).toContain("connect-src 'self' https://id.example.org https://")
}, 60_000)

test.each([
  [{ stage: 'production' }, 'stage'],
  [{ issuer: 'https://id.example.org' }, 'clientId'],
  [{ domain: 'skills.example.org' }, 'certificateArn'],
])('settings that are wrong or half stop the synthesis: %o', (context, named) => {
  expect(() => synthesize(context)).toThrow(`"${named}"`)
})

test('cdk-nag stops what nobody gave a reason for', () => {
  // The syntheses above passed the same rules without a finding.
  const careless = (app: App) => void new Bucket(app.node.findChild('skills-dev-data'), 'Careless')
  const { exitCode } = process
  try {
    expect(() => synthesize({}, careless)).toThrow(/skills-dev-data\/Careless[^]*AwsSolutions-S1'/)
  } finally {
    process.exitCode = exitCode
  }
}, 60_000)

test('a warning of cdk-nag stops the synthesis of this test too', () => {
  const untraced = (app: App) => {
    const [lambda] = app.node
      .findChild('skills-dev-api')
      .node.findAll()
      .filter((node) => node instanceof CfnFunction)
    if (lambda) lambda.tracingConfig = { mode: 'PassThrough' }
  }
  expect(() => synthesize({}, untraced)).toThrow('LambdaTracing')
}, 60_000)
