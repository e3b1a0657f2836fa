/** A refusal in Jira's own shape, thrown by whatever refuses a request. */
export class JiraFailure extends Error {
  override readonly name = 'JiraFailure';
  readonly status: number;
  /** ErrorCollection. */
  readonly body: { errorMessages: string[]; errors: Record<string, string> };

  /** `errors` goes by field id. */
  constructor(status: number, message: string | null, errors: Record<string, string> = {}) {
    super(message ?? JSON.stringify(errors));
    this.status = status;
    this.body = { errorMessages: message === null ? [] : [message], errors };
  }
}
