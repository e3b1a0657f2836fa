/** What a classifier was not sure of, what people corrected, and where a text went. Never change it: there are logs that have it. */
export const correctionSchema = `
  alter table ticket_logs add column is_unsure integer not null default 0;
  alter table ticket_logs add column corrected_from text;
  alter table ticket_logs add column corrected_by text;
  alter table ticket_logs add column corrected_at text;
  alter table ticket_logs add column corrected_via text check (corrected_via in ('window', 'slack', 'jira'));
  alter table ticket_logs add column correction_told integer;
  alter table ticket_logs add column cloud text;
  create index ticket_logs_corrected on ticket_logs (corrected_at) where corrected_at is not null;
  create index ticket_logs_untold on ticket_logs (id) where correction_told = 0;`;
