import {
  Group,
  NativeSelect,
  PasswordInput,
  SegmentedControl,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Client, type Connection, type TlsMode, usualPorts } from './shapes.ts';

interface PartProps {
  readonly connection: Connection;
  readonly onChange: (change: Partial<Connection>) => void;
}

type TextField = 'alias' | 'host' | 'port' | 'database' | 'user' | 'filename';

function Field({
  name,
  connection,
  onChange,
  ...more
}: PartProps & {
  readonly name: TextField;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly description?: string;
  readonly flex?: number;
  readonly w?: number;
}) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t(`sources.fields.${name}`)}
      value={connection[name]}
      autoComplete="off"
      spellCheck={false}
      miw={0}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      {...more}
    />
  );
}

function TlsFields({ connection, onChange }: PartProps) {
  const { t } = useTranslation();
  const modes: readonly TlsMode[] = ['off', 'checked', 'unchecked'];
  return (
    <>
      <NativeSelect
        label={t('sources.fields.tls')}
        value={connection.tls}
        data={modes.map((value) => ({ value, label: t(`sources.tls.${value}`) }))}
        onChange={(event) => onChange({ tls: event.currentTarget.value as TlsMode })}
      />
      {connection.tls === 'checked' ? (
        <Textarea
          label={t('sources.fields.ca')}
          description={t('sources.caHint')}
          value={connection.ca}
          autosize
          minRows={2}
          maxRows={6}
          spellCheck={false}
          onChange={(event) => onChange({ ca: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}

function ServerFields(props: PartProps) {
  const { t } = useTranslation();
  const { connection, onChange } = props;
  return (
    <>
      <Group align="flex-start" gap="sm" wrap="nowrap">
        <Field {...props} name="host" required flex={1} />
        <Field {...props} name="port" w={90} placeholder={usualPorts[connection.client]} />
      </Group>
      <Field {...props} name="database" required />
      <Group align="flex-start" gap="sm" grow>
        <Field {...props} name="user" required />
        <PasswordInput
          label={t('sources.fields.password')}
          value={connection.password}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('sources.showPassword') }}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
        />
      </Group>
      <TlsFields {...props} />
    </>
  );
}

/** Where the database is and how it is opened. */
export function ConnectionForm(props: PartProps) {
  const { t } = useTranslation();
  const { connection, onChange } = props;
  const clients: readonly Client[] = ['pg', 'mysql2', 'sqlite3'];
  return (
    <Stack gap="sm">
      <SegmentedControl
        fullWidth
        aria-label={t('sources.fields.client')}
        value={connection.client}
        data={clients.map((value) => ({ value, label: t(`sources.clients.${value}`) }))}
        onChange={(value) => onChange({ client: value as Client })}
      />
      {connection.client === 'sqlite3' ? (
        <Field {...props} name="filename" required description={t('sources.fileHint')} />
      ) : (
        <ServerFields {...props} />
      )}
      <Field {...props} name="alias" description={t('sources.aliasHint')} />
      <Switch
        label={t('sources.fields.readOnly')}
        description={t('sources.readOnlyHint')}
        checked={connection.readOnly}
        onChange={(event) => onChange({ readOnly: event.currentTarget.checked })}
      />
    </Stack>
  );
}
