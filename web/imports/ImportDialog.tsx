import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useMayCreateBases } from '../bases/useMayCreateBases.ts';
import { notifyDone, notifyError } from '../ui/notify.ts';
import { ChooseFile } from './ChooseFile.tsx';
import { ImportProgressBar } from './ImportProgressBar.tsx';
import { ImportSetup } from './ImportSetup.tsx';
import { closeImport, type ImportRequest, useImporting } from './importing.ts';
import { forgetImportRun, type ImportRun, useImportRun } from './importRun.ts';
import { ReportOfImport } from './ReportOfImport.tsx';

function ImportSteps({ request, run }: { request: ImportRequest; run: ImportRun | undefined }) {
  const [file, setFile] = useState(request.file);
  const mayCreate = useMayCreateBases();
  if (run?.phase === 'uploading' || run?.phase === 'storing') return <ImportProgressBar run={run} />;
  if (run?.phase === 'done') return <ReportOfImport run={run} />;
  if (file === undefined) return <ChooseFile onChoose={setFile} />;
  return (
    <ImportSetup
      key={`${mayCreate}`}
      file={file}
      request={request}
      mayCreateBases={mayCreate}
      problem={run?.problem}
      onOtherFile={() => {
        forgetImportRun();
        setFile(undefined);
      }}
    />
  );
}

const isClean = (run: Extract<ImportRun, { phase: 'done' }>): boolean =>
  run.report.refused === 0 && run.report.tables.every((table) => table.unknownColumns.length === 0);

/** Brings a file in: choose it, look at what it holds, follow it, read what was refused. */
export function ImportDialog() {
  const { t, i18n } = useTranslation();
  const request = useImporting((importing) => importing.request);
  const run = useImportRun((runs) => runs.run);
  const [, navigate] = useLocation();
  const opened = request !== undefined;

  useEffect(() => {
    if (run?.phase === 'failed' && !opened) {
      notifyError(new Error(run.problem));
      forgetImportRun();
    }
    if (run?.phase !== 'done') return;
    const [first] = run.report.tables;
    if (opened && !isClean(run)) return; // the report is read first
    const rows = new Intl.NumberFormat(i18n.language).format(run.report.rows);
    notifyDone(t('imports.done', { rows, count: run.report.rows }));
    if (opened && first !== undefined) navigate(`/base/${run.baseId}/table/${first.id}`);
    if (opened) closeImport();
    forgetImportRun();
  }, [run, opened, navigate, t, i18n.language]);

  function close(): void {
    closeImport();
    if (run?.phase === 'done' || run?.phase === 'failed') forgetImportRun();
  }
  return (
    <Modal opened={opened} onClose={close} title={t('imports.title')} size="xl" centered>
      {request === undefined ? null : (
        <ImportSteps key={request.file?.name ?? ''} request={request} run={run} />
      )}
    </Modal>
  );
}
