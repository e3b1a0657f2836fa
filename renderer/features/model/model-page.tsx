import { Notice } from '../../components/notice.tsx';
import { useLive } from '../../desk.ts';

export function ModelPage() {
  const { value: status, error } = useLive('status:read', undefined, 'status');
  if (error !== null) return <Notice tone="trouble">{error}</Notice>;
  if (status === null) return <Notice tone="quiet">Asking the model…</Notice>;
  return (
    <>
      <p>
        {status.model.state === 'ok'
          ? `A GGUF model on this machine classifies the tickets: ${status.model.line}.`
          : `No GGUF model answers now (${status.model.line}). OpenAI does where you allowed it in Settings, else the built-in model on this machine.`}
      </p>
      {status.model.message !== null && <Notice tone="trouble">{status.model.message}</Notice>}
      <p>
        To use a GGUF model, put one <code>.gguf</code> file into <code>{status.dataDir}/models</code>, or name it in{' '}
        <code>GGML_MODEL_PATH</code>, and start the app again.
      </p>
    </>
  );
}
