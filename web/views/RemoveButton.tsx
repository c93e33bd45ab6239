import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';

interface RemoveButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** Takes a line out of a list. */
export function RemoveButton({ label, disabled = false, onClick }: RemoveButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <IconX size={16} aria-hidden />
    </ActionIcon>
  );
}
