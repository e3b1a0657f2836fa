/** A regular expression that may take more than linear time, or that cannot be judged by reading, and why it may stay. */
export interface BoundedRegex {
  /** Path from the project's folder, with slashes. */
  file: string;
  /** The expression as it stands there, or how that begins. */
  written: string;
  /** What keeps the text that it meets short. */
  because: string;
}

/** The list; an expression that is in no file any more has to leave it, too. */
export const boundedRegexes: readonly BoundedRegex[] = [
  {
    file: 'electron/classifier/builtin/cues.ts',
    written: 'new RegExp(',
    because: 'classifier/features.ts hands it the first 6,000 characters; the alternatives are our own words.',
  },
  {
    file: 'electron/demo/read-mrkdwn.ts',
    written: 'new RegExp(',
    because: 'It reads what this program itself posted, in the demo, where a person types 12,000 characters at most.',
  },
];
