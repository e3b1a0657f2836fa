/**
 * Tables, what keeps them in step, and what lists read. Triggers keep events and search in step with the rows, so
 * that a write stays one statement.
 */
export const schema = `
  -- A column is never moved: rows are read by their place where a damaged file does not say its columns any more.
  create table ticket_logs (
    id integer primary key autoincrement,
    request_id text not null unique,
    slack_team text not null,
    slack_user text not null,
    slack_user_name text,
    slack_channel text not null,
    slack_channel_name text,
    text text not null,
    summary text not null,
    response_url text,
    llm_result text check (llm_result in ('Task', 'Bug', 'Incident', 'Feature Request', 'Question')),
    confidence real,
    probabilities text,
    source text,
    model text,
    classify_ms real,
    issue_type text,
    note text,
    ticket_id text,
    jira_issue_key text,
    jira_issue_url text,
    status text not null check (status in ('received', 'created', 'approved', 'rejected', 'failed')),
    step text not null
      check (step in ('received', 'classified', 'creating', 'unconfirmed', 'created', 'announced', 'done')),
    decision text check (decision in ('approved', 'rejected')),
    decided_by text,
    decided_at text,
    announced_via text,
    announced_channel text,
    announced_ts text,
    error_code text,
    error_message text,
    attempts integer not null,
    next_try_at text,
    created_at text not null,
    updated_at text not null,
    origin text not null default 'desk' check (origin in ('desk', 'click', 'jira')),
    wanted_type text,
    wanted_project text,
    decided_ts text,
    -- Where and when a create was sent.
    target_site text,
    target_project text,
    anchor_key text,
    look_until text,
    -- What a classifier was not sure of, what people corrected, and where a text went.
    is_unsure integer not null default 0,
    corrected_from text,
    corrected_by text,
    corrected_at text,
    corrected_via text check (corrected_via in ('window', 'slack', 'jira')),
    correction_told integer,
    cloud text,
    jira_issue_id text,
    -- Who works on it, and until when.
    claimed_by text,
    claimed_until text
  );
  create index ticket_logs_by_status on ticket_logs (status, step);
  create index ticket_logs_by_key on ticket_logs (jira_issue_key);
  create index ticket_logs_by_user on ticket_logs (slack_user, created_at, slack_user_name);
  create index ticket_logs_by_channel on ticket_logs (slack_channel, created_at, slack_channel_name);
  create index ticket_logs_corrected on ticket_logs (corrected_at) where corrected_at is not null;
  create index ticket_logs_untold on ticket_logs (id) where correction_told = 0;

  -- One index a view, in the list's order and with all that it can be filtered by: no list reads more rows than it shows.
  create index ticket_logs_all on ticket_logs (created_at, id, llm_result, slack_channel, slack_user);
  create index ticket_logs_attention on ticket_logs (created_at, id, llm_result, slack_channel, slack_user)
    where error_code is not null and next_try_at is null and step <> 'done';
  create index ticket_logs_unfinished on ticket_logs (created_at, id, llm_result, slack_channel, slack_user)
    where step <> 'done' and (step <> 'announced' or status <> 'created' or error_code is not null);
  create index ticket_logs_open on ticket_logs (created_at, id, llm_result, slack_channel, slack_user)
    where status in ('received', 'created', 'failed') and step <> 'done';
  create index ticket_logs_decided on ticket_logs (created_at, id, llm_result, slack_channel, slack_user)
    where status in ('approved', 'rejected');

  -- What pruning removes. The words people typed are in the summary and in error messages too.
  create index ticket_logs_texts on ticket_logs (created_at)
    where (text <> '' or summary <> '(text removed)') and (step = 'done' or (step = 'announced' and status = 'created'));
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
  create trigger ticket_logs_emptied after update on ticket_logs
    when new.summary = '(text removed)' and old.summary is not new.summary
  begin
    update ticket_events set error_message = '(text removed)' where log_id = new.id and error_message is not null;
  end;

  -- Only first letters have an index of their own: longer beginnings are fast without, and each costs at every write.
  create virtual table ticket_search using fts5 (
    summary, text, jira_issue_key, slack_user, slack_user_name, slack_channel_name,
    content = 'ticket_logs', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1'
  );
  insert into ticket_search (ticket_search, rank) values ('secure-delete', 1);
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
