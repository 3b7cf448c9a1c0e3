import { describe, expect, it } from 'vitest'
import { noValue, resolve, type Scope } from './intrinsics.ts'

const scope: Scope = {
  ref: (id) => (id === 'AWS::NoValue' ? noValue : id === 'List' ? ['x', 'y'] : `ref-${id}`),
  attribute: (id, name) => `${id}/${name}`,
  exported: (name) => `exported-${name}`,
  output: (stack, name) => `${stack}=${name}`,
  condition: (name) => name === 'Yes',
  mapping: (...path) => path.join('>'),
}

describe('functions of a template', () => {
  it.each([
    [{ Ref: 'A' }, 'ref-A'],
    [{ 'Fn::GetAtt': ['A', 'Arn'] }, 'A/Arn'],
    [{ 'Fn::GetAtt': 'A.Outputs.Name' }, 'A/Outputs.Name'],
    [{ 'Fn::Join': [':', ['a', { Ref: 'B' }]] }, 'a:ref-B'],
    [{ 'Fn::Join': ['-', { Ref: 'List' }] }, 'x-y'],
    [{ 'Fn::Sub': '${A}/${B.Arn}/${!kept}' }, 'ref-A/B/Arn/${kept}'],
    [{ 'Fn::Sub': ['${mine}', { mine: { Ref: 'C' } }] }, 'ref-C'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['|', 'a|b|c'] }] }, 'b'],
    [{ 'Fn::ImportValue': { 'Fn::Sub': '${A}-x' } }, 'exported-ref-A-x'],
    [{ 'Fn::GetStackOutput': { StackName: 's', OutputName: 'o', Region: 'r' } }, 's=o'],
    [{ 'Fn::If': ['Yes', 1, 2] }, 1],
    [{ 'Fn::If': ['No', 1, { Ref: 'D' }] }, 'ref-D'],
    [{ 'Fn::Equals': ['a', 'a'] }, true],
    [{ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true],
    [{ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': [1, 2] }] }, false],
    [{ 'Fn::FindInMap': ['a', 'b', { Ref: 'c' }] }, 'a>b>ref-c'],
    [{ 'Fn::Base64': 'hi' }, 'aGk='],
  ])('%j is %j', (piece, result) => {
    expect(resolve(piece, scope)).toEqual(result)
  })

  it('leaves out what has no value, in objects and in lists', () => {
    const none = { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }
    expect(resolve({ a: none, b: [none, 1] }, scope)).toEqual({ b: [1] })
  })

  it('refuses a function it does not know rather than passing it on', () => {
    expect(() => resolve({ 'Fn::Cidr': [] }, scope)).toThrow('Fn::Cidr')
  })
})
