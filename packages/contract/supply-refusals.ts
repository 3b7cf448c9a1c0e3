import { entry, type Entry } from './refusal-entry.ts'

/** What stories of the supply side refuse: instructors, their hours, and what providers plan. */
export const supplyRefusals = {
  'file-rejected': entry(422, 'after-change', '文件没有通过检查', 'The file was not accepted', '{why}', '{why}'),
  'file-missing': entry(
    409,
    'after-change',
    '文件还没有传完',
    'The file has not arrived',
    '没有收到这个文件，或上传已超时。请重新选择文件上传。',
    'The file did not arrive, or its hour to arrive is over. Choose and upload it again.',
  ),
  'file-not-accepted': entry(
    409,
    'after-change',
    '文件不可用',
    'This file cannot be used',
    '请先上传这里要求的文件，并等检查通过。',
    'Upload the file that is asked for here first, and wait until it was accepted.',
  ),
  'no-instructor': entry(
    409,
    'after-change',
    '还没有师资档案',
    'No instructor profile yet',
    '请先在师资工作台建立您的师资档案。',
    'Make your instructor profile in the instructor console first.',
  ),
  'instructor-unavailable': entry(
    409,
    'after-change',
    '这位师资排不开',
    'The instructor cannot be had then',
    '{name}：{reasons}。附近的空闲时间：{near}。',
    '{name}: {reasons}. Free near it: {near}.',
  ),
  'too-late-to-ask': entry(
    409,
    'never',
    '来不及邀请了',
    'Too late to ask',
    '离上课不到两小时，来不及等答复，请直接联系或调整时间。',
    'Less than two hours are left before the meeting, too few to wait for an answer. Move the meeting instead.',
  ),
  'meeting-over': entry(
    409,
    'never',
    '这次课已经开始',
    'The meeting has begun',
    '已经开始或结束的课不能再改授课安排。',
    'Who teaches a meeting cannot be changed once it has begun.',
  ),
  'request-over': entry(
    409,
    'never',
    '这个邀约已经结束',
    'This request has ended',
    '邀约已撤回、过期或已经答复，请刷新后再看。',
    'The request was withdrawn, has expired or was answered. Load it again.',
  ),
} satisfies Record<string, Entry>
