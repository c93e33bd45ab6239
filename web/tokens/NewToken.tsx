import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../ui/copyText.ts';
import { focusContent } from '../ui/focusContent.ts';
import { NewTokenForm } from './NewTokenForm.tsx';
import { ShownToken } from './ShownToken.tsx';
import type { CreatedToken, TokenWish } from './shapes.ts';

interface NewTokenProps {
  readonly opened: boolean;
  readonly title: string;
  /** Says above the name what such a token opens. */
  readonly hint?: string;
  /** The word on the button that makes it. */
  readonly action: string;
  /** Something the token may read, for the line to try it. */
  readonly tryPath: string;
  /** Puts the new token on the clipboard at once. */
  readonly copyAtOnce?: boolean;
  readonly onCreate: (wish: TokenWish) => Promise<CreatedToken>;
  readonly onClose: () => void;
}

type Made = { readonly secret: string; readonly copied: boolean };

/** What stands in the dialog; it goes with the dialog, and with it the secret. */
function Steps({ hint, action, tryPath, copyAtOnce = false, onCreate, onClose }: NewTokenProps) {
  const [made, setMade] = useState<Made>();
  async function create(wish: TokenWish): Promise<void> {
    const { token } = await onCreate(wish);
    // Where the browser forbids it, the button beside the token is left.
    const copied =
      copyAtOnce &&
      (await copyText(token)
        .then(() => true)
        .catch(() => false));
    setMade({ secret: token, copied });
  }
  if (made !== undefined) return <ShownToken {...made} tryPath={tryPath} onDone={onClose} />;
  return <NewTokenForm hint={hint} action={action} onSubmit={create} onCancel={onClose} />;
}

/** Makes an API token: a name, then the token itself. */
export function NewToken(props: NewTokenProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      onExitTransitionEnd={focusContent}
      title={props.title}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Steps {...props} />
    </Modal>
  );
}
