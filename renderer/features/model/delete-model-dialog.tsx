import type { GgufFile, ModelView } from '../../../shared/model-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { fileSize } from '../../components/figures.ts';

export interface DeleteModelDialogProps {
  file: GgufFile;
  onDeleted(view: ModelView): void;
  onClose(): void;
}

/** Asks whether to delete a model's file, and says what that means. */
export function DeleteModelDialog({ file, onDeleted, onClose }: DeleteModelDialogProps) {
  const remove = useAction('model:delete');
  async function onYes(): Promise<void> {
    const answer = await remove.run({ path: file.path });
    if (answer !== null) onDeleted(answer.value);
  }
  return (
    <ConfirmDialog
      title="Delete this model?"
      no="Keep it"
      yes="Delete"
      isDestructive
      action={remove}
      onYes={onYes}
      onClose={onClose}
    >
      <p>
        <bdi>{file.name}</bdi> ({fileSize(file.bytes)}) is deleted from <bdi>{file.folder}</bdi> for good, not moved to
        the wastebasket.
      </p>
      {file.isChosen && <p>It is in use: it is unloaded first, and the others answer then.</p>}
    </ConfirmDialog>
  );
}
