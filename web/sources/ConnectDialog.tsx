import { Alert, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { FormError } from '../ui/FormError.tsx';
import { explain, notifyDone } from '../ui/notify.ts';
import { ChooseTables } from './ChooseTables.tsx';
import { ConnectionForm } from './ConnectionForm.tsx';
import { listTables, testConnection, useSourceActions } from './connect.ts';
import { type Connection, emptyConnection, type ForeignTables, nameOf } from './shapes.ts';

type Step = 'connection' | 'tables' | 'connecting';

const isComplete = ({ client, host, database, user, filename }: Connection): boolean =>
  client === 'sqlite3' ? filename.trim() !== '' : [host, database, user].every((text) => text.trim() !== '');

/** What the dialog knows, and what its buttons do. */
function useConnecting(baseId: string | undefined, onClose: () => void) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { connect } = useSourceActions();
  const [step, setStep] = useState<Step>('connection');
  const [connection, setConnection] = useState(emptyConnection);
  const [busy, setBusy] = useState<'test' | 'next'>();
  const [tested, setTested] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [found, setFound] = useState<ForeignTables>();
  const [schema, setSchema] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());

  async function attempt(what: 'test' | 'next', work: () => Promise<void>): Promise<void> {
    setBusy(what);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(undefined);
    }
  }

  const load = (wanted: string | undefined): Promise<void> =>
    attempt('next', async () => {
      const list = await listTables(connection, wanted, baseId);
      setFound(list);
      setSchema(wanted ?? list.schemas[0]);
      setChosen(new Set(list.tables.map(({ name }) => name)));
      setStep('tables');
    });

  async function start(): Promise<void> {
    setStep('connecting');
    setProblem(undefined);
    try {
      const all = chosen.size === found?.tables.length;
      const id = await connect({ connection, schema, baseId, tables: all ? undefined : [...chosen] });
      notifyDone(t('sources.connected', { name: nameOf(connection) }));
      onClose();
      navigate(`/base/${id}`);
    } catch (error) {
      setProblem(explain(error));
      setStep('tables');
    }
  }

  return {
    step,
    connection,
    busy,
    tested,
    problem,
    found,
    schema,
    chosen,
    setChosen,
    change(change: Partial<Connection>) {
      setConnection({ ...connection, ...change });
      setTested(false);
      setProblem(undefined);
    },
    test: () =>
      attempt('test', async () => {
        setTested(false);
        await testConnection(connection, baseId);
        setTested(true);
      }),
    load,
    start,
    back: () => setStep('connection'),
  };
}

type Connecting = ReturnType<typeof useConnecting>;

function ConnectionStep({ connecting, onClose }: { connecting: Connecting; onClose: () => void }) {
  const { t } = useTranslation();
  const { connection, busy, tested, problem, change, test, load } = connecting;
  const complete = isComplete(connection);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (complete) void load(undefined);
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <ConnectionForm connection={connection} onChange={change} />
        <FormError message={problem} />
        {tested ? (
          <Alert color="green" role="status" icon={<IconCheck size={18} aria-hidden />}>
            {t('sources.works')}
          </Alert>
        ) : null}
        <Group justify="space-between">
          <Button
            variant="default"
            loading={busy === 'test'}
            disabled={!complete}
            onClick={() => void test()}
          >
            {t('sources.test')}
          </Button>
          <Group gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={busy === 'next'} disabled={!complete}>
              {t('sources.next')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

function TablesStep({ connecting }: { connecting: Connecting }) {
  const { t } = useTranslation();
  const { found, schema, chosen, setChosen, problem, load, start, back, busy } = connecting;
  if (found === undefined) return null;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('sources.chooseHint')}
      </Text>
      <ChooseTables
        key={schema}
        found={found}
        schema={schema}
        onSchema={(wanted) => void load(wanted)}
        chosen={chosen}
        onChoose={setChosen}
      />
      <FormError message={problem} />
      <Group justify="flex-end">
        <Button variant="default" onClick={back}>
          {t('sources.back')}
        </Button>
        <Button disabled={chosen.size === 0 || busy !== undefined} onClick={() => void start()}>
          {t('sources.connect')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Connects an existing database: where it is, which of its tables, and in the end its base. */
export function ConnectDialog({ baseId, onClose }: { baseId?: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const connecting = useConnecting(baseId, onClose);
  const { step } = connecting;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sources.connectTitle')}
      size="lg"
      centered
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {step === 'connection' ? <ConnectionStep connecting={connecting} onClose={onClose} /> : null}
      {step === 'tables' ? <TablesStep connecting={connecting} /> : null}
      {step === 'connecting' ? (
        <Group gap="sm" mih={160} justify="center" role="status">
          <Loader size="sm" />
          <Text>{t('sources.connecting', { count: connecting.chosen.size })}</Text>
        </Group>
      ) : null}
    </Modal>
  );
}
