import { Notice } from '../../components/notice.tsx';
import { useLive } from '../../desk.ts';

export function StatusPage() {
  const { value: status, error } = useLive('status:read', undefined, 'status');
  if (error !== null) return <Notice tone="trouble">{error}</Notice>;
  if (status === null) return <Notice tone="quiet">Reading…</Notice>;
  return (
    <dl>
      {(['slack', 'jira', 'model'] as const).map((part) => (
        <div key={part}>
          <dt>{{ slack: 'Slack', jira: 'Jira', model: 'Model' }[part]}</dt>
          <dd>
            {status[part].line}
            {status[part].message !== null && <small className="trouble">{status[part].message}</small>}
          </dd>
        </div>
      ))}
      <div>
        <dt>Data folder</dt>
        <dd>{status.dataDir}</dd>
      </div>
      <div>
        <dt>Version</dt>
        <dd>{status.version}</dd>
      </div>
    </dl>
  );
}
