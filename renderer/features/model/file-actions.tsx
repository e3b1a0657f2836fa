import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { GgufFile } from '../../../shared/model-view.ts';

export interface FileActionsProps {
  file: GgufFile;
  /** Whether it is in memory now. */
  canUnload: boolean;
  onReveal(): void;
  onUnload(): void;
  onDelete(): void;
}

/** What can be done with a file beside choosing it. */
export function FileActions({ file, canUnload, onReveal, onUnload, onDelete }: FileActionsProps) {
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon aria-label={`More for ${file.name}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onReveal}>Show in file manager</Menu.Item>
        {canUnload && <Menu.Item onClick={onUnload}>Unload until the next ticket</Menu.Item>}
        {file.folder !== null && (
          <Menu.Item color="red" onClick={onDelete}>
            Delete…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
