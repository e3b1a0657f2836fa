import type { JiraSite } from '../../stand-ins/jira/site.ts';
import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';

/** Settings by name, as in the environment, that lead the program to the stand-ins and their project KAN. */
export function standInSettings(slack: SlackWorkspace, jira: JiraSite) {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    JIRA_BASE_URL: jira.baseUrl,
    // A Data Center knows the account by its token.
    ...(jira.deployment === 'cloud' && { JIRA_EMAIL: jira.email }),
    JIRA_API_TOKEN: jira.apiToken,
    JIRA_PROJECT_KEY: 'KAN',
    // One person plays a whole team here.
    TICKETS_PER_MINUTE: '0',
  };
}
