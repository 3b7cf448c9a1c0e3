import type { AttendanceLine } from '@skills/contract/attendance.ts'
import { callAsMe } from '../identity/my-api.ts'

/** The run and meeting that the page's address names. */
export function meetingOfPage(): { runId: string; meetingId: string } {
  const query = new URLSearchParams(location.search)
  return { runId: query.get('runId') ?? '', meetingId: query.get('meetingId') ?? '' }
}

export const askScreen = (of: { runId: string; meetingId: string }) => callAsMe('getCode', { params: of })
export type Screen = Extract<Awaited<ReturnType<typeof askScreen>>, { ok: true }>['value']

const askLines = (of: { runId: string; meetingId: string }, query: { limit: string; cursor?: string }) =>
  callAsMe('listAttendance', { params: of, query })

/** All lines of a meeting's roster; what came so far where a page is refused. */
export async function readLines(of: { runId: string; meetingId: string }): Promise<AttendanceLine[]> {
  const lines: AttendanceLine[] = []
  let cursor: string | null = null
  do {
    const query: { limit: string; cursor?: string } = { limit: '100', ...(cursor === null ? {} : { cursor }) }
    const answer: Awaited<ReturnType<typeof askLines>> = await askLines(of, query)
    if (!answer.ok) return lines
    lines.push(...answer.value.items)
    cursor = answer.value.next
  } while (cursor !== null)
  return lines
}
