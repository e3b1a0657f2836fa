import { Button, Modal } from '@mantine/core';
import type { GgufFile, ModelView } from '../../../shared/model-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { fileSize } from '../../components/figures.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './delete-model-dialog.module.css';

export interface DeleteModelDialogProps {
  file: GgufFile;
  onDeleted(view: ModelView): void;
  onClose(): void;
}

/** Asks whether to delete a model's file, and says what that means. */
export function DeleteModelDialog({ file, onDeleted, onClose }: DeleteModelDialogProps) {
  const remove = useAction('model:delete');
  async function onConfirm(): Promise<void> {
    const answer = await remove.run({ path: file.path });
    if (answer !== null) onDeleted(answer.value);
  }
  return (
    <Modal opened onClose={onClose} title="Delete this model?">
      <div className={styles['words']}>
        <p>
          <bdi>{file.name}</bdi> ({fileSize(file.bytes)}) is deleted from <bdi>{file.folder}</bdi> for good, not moved
          to the wastebasket.
        </p>
        {file.isChosen && <p>It is in use: it is unloaded first, and the others answer then.</p>}
        {remove.trouble !== null && <Notice tone="problem">{remove.trouble.message}</Notice>}
        <div className={styles['buttons']}>
          <Button data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button variant="filled" color="red" loading={remove.isRunning} onClick={onConfirm}>
            Delete
          </Button>
        </div>
      </div>
    </Modal>
  );
}
