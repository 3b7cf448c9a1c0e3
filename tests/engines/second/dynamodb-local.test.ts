import { startEngine } from '@skills/local/engine.ts'
import { describeEngine } from '../engine-contract.ts'

describeEngine('AWS DynamoDB Local', () => startEngine(undefined))
