/** The three steps a report is filled in on the phone. */
export const phoneSteps = ['evidence', 'figures', 'submit'] as const;
export type PhoneStep = (typeof phoneSteps)[number];
