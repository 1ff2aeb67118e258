/** The glossary's own screen; its terms are in glossary.ts. */
export const glossaryPage = { title: 'Glossary', search: 'Find a word', none: 'No word like that.' };
