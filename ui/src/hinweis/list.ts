/** What the notices depend on: they come with whatever the Zentrale brought. */
export const NOTICES_ON = ['*', 'status', 'hinweis'] as const;
