import { Stack } from '@mantine/core';
import { useMe } from '../api/queries.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { NameForm } from './NameForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';

/** Name, e-mail address and password of the signed-in person. */
export function Profile() {
  const me = useMe();
  return (
    <Loaded query={me}>
      {({ email, display_name: name }) => (
        <Stack gap={48}>
          <NameForm key={name} name={name ?? ''} email={email} />
          <PasswordForm email={email} />
        </Stack>
      )}
    </Loaded>
  );
}
