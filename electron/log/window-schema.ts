/**
 * Migration 2: what the window lists, searches and tells of. Triggers keep events and search in step with the rows, so
 * that a write stays one statement. Never change it: there are logs that have it.
 */
export const windowSchema = `
  alter table ticket_logs add column origin text not null default 'desk' check (origin in ('desk', 'click', 'jira'));
  alter table ticket_logs add column wanted_type text;
  alter table ticket_logs add column wanted_project text;
  update ticket_logs set origin = 'click' where text = '' and ticket_id is null and jira_issue_key is not null;

  -- One index a view, in the list's order and with all that it can be filtered by: no list reads more rows than it shows.
  create index ticket_logs_all on ticket_logs (created_at, id, llm_result, slack_channel, slack_user);
  create index ticket_logs_attention on ticket_logs (created_at, id, llm_result, slack_channel, slack_user)
    where error_code is not null and next_try_at is null and step <> 'done';
  create index ticket_logs_open on ticket_logs (created_at, id, llm_result, slack_channel, slack_user)
    where status in ('received', 'created', 'failed') and step <> 'done';
  create index ticket_logs_decided on ticket_logs (created_at, id, llm_result, slack_channel, slack_user)
    where status in ('approved', 'rejected');
  create index ticket_logs_by_key on ticket_logs (jira_issue_key);
  drop index ticket_logs_by_user;
  create index ticket_logs_by_user on ticket_logs (slack_user, created_at, slack_user_name);
  create index ticket_logs_by_channel on ticket_logs (slack_channel, created_at, slack_channel_name);
  create index ticket_logs_texts on ticket_logs (created_at) where text <> '' and step in ('announced', 'done');
  create index ticket_logs_done on ticket_logs (created_at) where step = 'done';

  create table ticket_events (
    id integer primary key,
    log_id integer not null,
    at text not null,
    step text not null,
    status text not null,
    error_code text,
    error_message text
  );
  create index ticket_events_by_ticket on ticket_events (log_id, id);
  insert into ticket_events (log_id, at, step, status, error_code, error_message)
    select id, at, step, status, error_code, error_message from (
      select id, created_at as at, 'received' as step, 'received' as status, null as error_code,
        null as error_message, 0 as turn from ticket_logs where origin = 'desk' and step <> 'received'
      union all
      select id, updated_at, step, status, error_code, error_message, 1 from ticket_logs
    ) order by at, id, turn;
  -- Nothing happens here to an issue that is only loaded from Jira.
  create trigger ticket_logs_added after insert on ticket_logs when new.origin <> 'jira' begin
    insert into ticket_events (log_id, at, step, status, error_code, error_message)
      values (new.id, new.updated_at, new.step, new.status, new.error_code, new.error_message);
  end;
  -- A step that is tried again goes back and forth between classified and creating with the error still noted: no news.
  create trigger ticket_logs_moved after update on ticket_logs
    when old.status is not new.status
      or old.error_code is not new.error_code
      or (new.error_code is not null and old.attempts is not new.attempts)
      or (old.step is not new.step and (new.error_code is null or new.step not in ('classified', 'creating')))
  begin
    -- The same failure again takes the place of the earlier one: a ticket tried all day has a short history.
    delete from ticket_events where log_id = new.id and new.error_code is not null
      and step = new.step and status = new.status and error_code = new.error_code;
    insert into ticket_events (log_id, at, step, status, error_code, error_message)
      select new.id, new.updated_at, new.step, new.status,
        iif(fresh, new.error_code, null), iif(fresh, new.error_message, null)
      from (select old.error_code is not new.error_code or old.attempts is not new.attempts as fresh);
  end;

  -- Only first letters have an index of their own: longer beginnings are fast without, and each costs at every write.
  create virtual table ticket_search using fts5 (
    summary, text, jira_issue_key, slack_user, slack_user_name, slack_channel_name,
    content = 'ticket_logs', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1'
  );
  insert into ticket_search (ticket_search, rank) values ('secure-delete', 1);
  insert into ticket_search (ticket_search) values ('rebuild');
  create trigger ticket_logs_indexed after insert on ticket_logs begin
    insert into ticket_search (rowid, summary, text, jira_issue_key, slack_user, slack_user_name, slack_channel_name)
      values (new.id, new.summary, new.text, new.jira_issue_key, new.slack_user, new.slack_user_name,
        new.slack_channel_name);
  end;
  create trigger ticket_logs_reindexed after update on ticket_logs
    when old.summary is not new.summary or old.text is not new.text or old.jira_issue_key is not new.jira_issue_key
      or old.slack_user is not new.slack_user or old.slack_user_name is not new.slack_user_name
      or old.slack_channel_name is not new.slack_channel_name
  begin
    insert into ticket_search (ticket_search, rowid, summary, text, jira_issue_key, slack_user, slack_user_name,
        slack_channel_name)
      values ('delete', old.id, old.summary, old.text, old.jira_issue_key, old.slack_user, old.slack_user_name,
        old.slack_channel_name);
    insert into ticket_search (rowid, summary, text, jira_issue_key, slack_user, slack_user_name, slack_channel_name)
      values (new.id, new.summary, new.text, new.jira_issue_key, new.slack_user, new.slack_user_name,
        new.slack_channel_name);
  end;
  create trigger ticket_logs_removed after delete on ticket_logs begin
    delete from ticket_events where log_id = old.id;
    insert into ticket_search (ticket_search, rowid, summary, text, jira_issue_key, slack_user, slack_user_name,
        slack_channel_name)
      values ('delete', old.id, old.summary, old.text, old.jira_issue_key, old.slack_user, old.slack_user_name,
        old.slack_channel_name);
  end;`;
