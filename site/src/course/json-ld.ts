import type { CourseSnapshot } from '@skills/contract/snapshot.ts'
import { at, say, type Language } from '../language.ts'

const modes: Record<string, string> = {
  classroom: 'Onsite',
  'travelling-practice': 'Onsite',
  live: 'Online',
  video: 'Online',
  mixed: 'Blended',
}

/** The course for search engines: schema.org Course with a CourseInstance for each run. `site` is the public address without a slash at its end. */
export function courseJsonLd({ course, provider, venues, runs }: CourseSnapshot, lang: Language, site: string): object {
  const instance = ({ run }: CourseSnapshot['runs'][number]) => {
    const times = run.meetings.map((meeting) => meeting.startsAt).sort()
    const venue = venues.find((one) => one.id === run.venueId)
    return {
      '@type': 'CourseInstance',
      name: say(run.name, lang),
      courseMode: modes[course.delivery],
      startDate: times[0],
      endDate: run.meetings
        .map((meeting) => meeting.endsAt)
        .sort()
        .at(-1),
      courseSchedule: {
        '@type': 'Schedule',
        repeatCount: run.meetings.length,
        repeatFrequency: 'Weekly',
        startDate: times[0],
        scheduleTimezone: 'Asia/Shanghai',
      },
      ...(venue ? { location: { '@type': 'Place', name: say(venue.name, lang), address: say(venue.address, lang) } } : {}),
      offers: {
        '@type': 'Offer',
        category: run.priceFen === 0 ? 'Free' : 'Paid',
        price: run.priceFen / 100,
        priceCurrency: 'CNY',
        validFrom: run.opensAt,
        validThrough: run.closesAt,
        url: `${site}${at(lang, `/claim/?run=${run.id}&course=${course.id}`)}`,
      },
    }
  }
  return {
    '@context': 'https://schema.org',
    '@type': 'Course',
    name: say(course.title, lang),
    description: say(course.summary, lang),
    url: `${site}${at(lang, `/courses/${course.id}/`)}`,
    inLanguage: course.languages,
    courseCode: course.code,
    provider: { '@type': 'Organization', name: say(provider.name, lang) },
    teaches: course.outcomes.map((outcome) => say(outcome, lang)),
    timeRequired: `PT${course.theoryHours + course.practiceHours}H`,
    offers: { '@type': 'Offer', category: course.feeFen === 0 ? 'Free' : 'Paid', price: course.feeFen / 100, priceCurrency: 'CNY' },
    hasCourseInstance: runs.filter(({ run }) => run.state !== 'draft' && run.state !== 'cancelled').map(instance),
  }
}
