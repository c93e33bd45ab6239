import { Alert } from '@mantine/core';

/** What a refusal says of a form as a whole. */
export function FormError({ message }: { message: string | undefined }) {
  if (message === undefined || message === '') return null;
  return (
    <Alert color="red" role="alert">
      {message}
    </Alert>
  );
}
