/** Migration 6: the view of what is unfinished, with an index as the others have. Never change it: there are logs that have it. */
export const unfinishedSchema = `
  create index ticket_logs_unfinished on ticket_logs (created_at, id, llm_result, slack_channel, slack_user)
    where step <> 'done' and (step <> 'announced' or status <> 'created' or error_code is not null);`;
