import { ConnectDialog } from '../sources/ConnectDialog.tsx';
import { CreateBase } from './CreateBase.tsx';
import { CreateTable } from './CreateTable.tsx';
import { DeleteBase, DeleteTable } from './Deletions.tsx';
import { closeDialog, type Dialog, useDialogs } from './dialogs.ts';
import { LookDialog } from './LookDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';

/** What identifies the question: another one starts with empty fields. */
function keyOf(dialog: Dialog): string {
  if ('base' in dialog) return dialog.kind + dialog.base.id;
  if ('table' in dialog) return dialog.kind + dialog.table.id;
  return dialog.kind;
}

function Question({ dialog }: { dialog: Dialog }) {
  switch (dialog.kind) {
    case 'createBase':
      return <CreateBase onClose={closeDialog} />;
    case 'createTable':
      return <CreateTable baseId={dialog.baseId} onClose={closeDialog} />;
    case 'connect':
      return <ConnectDialog baseId={dialog.baseId} onClose={closeDialog} />;
    case 'deleteBase':
      return <DeleteBase base={dialog.base} onClose={closeDialog} />;
    case 'deleteTable':
      return <DeleteTable table={dialog.table} onClose={closeDialog} />;
    case 'baseLook':
    case 'tableLook':
      return <LookDialog dialog={dialog} onClose={closeDialog} />;
    default:
      return <RenameDialog dialog={dialog} onClose={closeDialog} />;
  }
}

/** Shows the question that is open. */
export function BaseDialogs() {
  const dialog = useDialogs((dialogs) => dialogs.dialog);
  return dialog === undefined ? null : <Question key={keyOf(dialog)} dialog={dialog} />;
}
