import { entry } from './key-entry.ts'

/** Keys of complaints, quality figures and sanctions. */
export const qualityKeys = {
  complaint: entry(
    'COMPLAINT#<complaint> / COMPLAINT',
    'What does somebody complain of, what was answered, said and decided?',
    'complaints, quality figures',
    (complaint: string) => ({ pk: `COMPLAINT#${complaint}`, sk: 'COMPLAINT' }),
  ),
  complaintsOf: entry(
    'PERSON#<person> / COMPLAINTS-OF#<run>',
    'What did this person complain of in this run, and is one still open? At most one is.',
    'complaining, export',
    (person: string, run: string) => ({ pk: `PERSON#${person}`, sk: `COMPLAINTS-OF#${run}` }),
  ),
  complaintOfProvider: entry(
    'PROVIDER#<provider> / COMPLAINT#<complaint>',
    'Which complaints are about this provider? Written once.',
    'provider console, quality figures',
    (provider: string, complaint: string) => ({ pk: `PROVIDER#${provider}`, sk: `COMPLAINT#${complaint}` }),
  ),
  openComplaint: entry(
    'COMPLAINTS#open / COMPLAINT#<complaint>',
    'Which complaints are not closed yet, the oldest first?',
    'operators',
    (complaint: string) => ({ pk: 'COMPLAINTS#open', sk: `COMPLAINT#${complaint}` }),
  ),
  openSafety: entry(
    'COMPLAINTS#open / COMPLAINT#0-safety#<complaint>',
    'Which complaints about safety are not closed yet? They come before all others in the queue.',
    'operators',
    (complaint: string) => ({ pk: 'COMPLAINTS#open', sk: `COMPLAINT#0-safety#${complaint}` }),
  ),
  sanction: entry(
    'SANCTION#<sanction> / SANCTION',
    'Why, by which rule and until when is this provider sanctioned, and what came of hearing and appeal?',
    'sanctions',
    (sanction: string) => ({ pk: `SANCTION#${sanction}`, sk: 'SANCTION' }),
  ),
  sanctionOfProvider: entry(
    'PROVIDER#<provider> / SANCTION#<sanction>',
    'Which sanctions did this provider ever have? Written once.',
    'provider console, operators',
    (provider: string, sanction: string) => ({ pk: `PROVIDER#${provider}`, sk: `SANCTION#${sanction}` }),
  ),
  liveSanction: entry(
    'SANCTIONS#live / SANCTION#<sanction>',
    'Which sanctions are proposed, in force or under appeal?',
    'operators, public list',
    (sanction: string) => ({ pk: 'SANCTIONS#live', sk: `SANCTION#${sanction}` }),
  ),
  conduct: entry(
    'PROVIDER#<provider> / CONDUCT',
    'Which sanctions keep this provider from publishing? Its version is checked by whoever publishes or opens registration; claims never read it.',
    'publishing, sanctions',
    (provider: string) => ({ pk: `PROVIDER#${provider}`, sk: 'CONDUCT' }),
  ),
  excuse: entry(
    'RUN#<run> / EXCUSE',
    'Was this run cancelled for a force majeure that an operator accepted?',
    'quality figures',
    (run: string) => ({ pk: `RUN#${run}`, sk: 'EXCUSE' }),
  ),
  quality: entry(
    'PROVIDER#<provider> / QUALITY',
    'What are the quality figures of this provider, and from what were they reckoned?',
    'course pages, ranking, consoles',
    (provider: string) => ({ pk: `PROVIDER#${provider}`, sk: 'QUALITY' }),
  ),
}
