/** What a profile must hold before its person can claim a seat. */
export const profileFields = ['realName', 'residentId', 'mobile', 'region', 'employmentKind'] as const

/** What personal data is processed for; each has its notice and its consent. */
export const purposes = ['identity', 'sms', 'mail', 'provider-contact', 'talent-pool'] as const
