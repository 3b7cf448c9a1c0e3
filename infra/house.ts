import { Aws, Tags, Validations, type App, type StackProps } from 'aws-cdk-lib'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { ApiStack } from './api-stack.ts'
import { BackgroundStack } from './background-stack.ts'
import { DataStack } from './data-stack.ts'
import { EdgeStack } from './edge-stack.ts'
import type { Grounds } from './grants.ts'
import { readSettings, type Settings } from './settings.ts'
import type { SignIn } from './sign-in.ts'
import { SiteStack } from './site-stack.ts'

/** What the stacks of functions are built on. */
export interface House {
  settings: Settings
  data: DataStack
  site: SiteStack
  signIn: SignIn
  alarms: ITopic
  grounds: Grounds
}

/** Builds all stacks of the stage the context names, checked by cdk-nag when the app is synthesized. */
export function buildHouse(app: App): void {
  const settings = readSettings(app.node)
  const name = (part: string) => `skills-${settings.stage.name}-${part}`
  const props: StackProps = { terminationProtection: settings.stage.deletionProtection }

  const data = new DataStack(app, name('data'), settings, props)
  const edge = settings.waf ? new EdgeStack(app, name('edge'), settings, props) : undefined
  const site = new SiteStack(app, name('site'), settings, data, edge, props)
  const house: House = {
    settings,
    data,
    site,
    signIn: site.signIn,
    alarms: data.alarms,
    grounds: {
      tableArn: data.table.tableArn,
      dataKey: data.dataKey,
      macKey: data.macKey,
      mailIdentityArn:
        settings.mailFrom === undefined
          ? undefined
          : `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:identity/${settings.mailFrom.split('@')[1]}`,
      filesBucketArn: data.exportValue(data.files.bucketArn),
      siteBucketArn: site.exportValue(site.bucket.bucketArn),
    },
  }
  new ApiStack(app, name('api'), house, props)
  new BackgroundStack(app, name('background'), house, props)

  Tags.of(app).add('app', 'skills-supermarket')
  Tags.of(app).add('stage', settings.stage.name)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
}
