import { Button } from '@mantine/core';

/** Opens one of the forms below it, and closes it again. */
export function OpenForm({
  name,
  isOpen,
  onToggle,
}: {
  readonly name: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  return (
    <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={onToggle}>
      {name}
    </Button>
  );
}
