/** What the chat tells of people. */
export interface People {
  /**
   * Asks for a person's e-mail address; null where nobody knows it, it may not be asked for, or there is no answer in time.
   * Never rejects: it is a courtesy.
   */
  emailOf(user: string): Promise<string | null>;
}

/** Where there is nobody to ask. */
export const strangers: People = { emailOf: async () => null };
