import { Type } from 'typebox';
import { previewImport } from '../../core/imports/preview.ts';
import { startImport } from '../../core/imports/startImport.ts';
import {
  encodePreview,
  fileQuery,
  intoQuery,
  previewReply,
  readFileName,
  readFileOptions,
  readInto,
} from '../parts/imports.ts';
import { storeUpload } from '../parts/importUpload.ts';
import { type AnyRoute, type Call, inBase, route, signedIn } from '../route.ts';

const tag = 'Import';

const start = route({
  id: 'importFile',
  method: 'POST',
  paths: ['/api/v2/meta/bases/:baseId/import'],
  summary: 'Import a CSV, JSON, Excel or SQLite file; the body is the file, or a form with one file',
  tag,
  access: inBase('dataImport'),
  target: 'base',
  query: { ...fileQuery, ...intoQuery },
  bodyKind: 'stream',
  reply: Type.Object({
    id: Type.String({ description: 'Of the job; ask for it at /api/v2/jobs/{baseId}/{jobId}.' }),
  }),
  run: async (call) => {
    const { core, caller, target } = call;
    const options = readFileOptions(call.query);
    const into = readInto(call.query, target.base);
    const file = await storeUpload(core.importFiles, call, readFileName(call.query));
    const job = await startImport(core, caller, { baseId: target.base.id, file, options, into });
    return { id: job.id };
  },
});

async function answerPreview(call: Call): Promise<Record<string, unknown>> {
  const { importFiles } = call.core;
  const options = readFileOptions(call.query);
  const stored = await storeUpload(importFiles, call, readFileName(call.query));
  try {
    const file = await importFiles.open(stored, options);
    try {
      return encodePreview(await previewImport(file));
    } finally {
      file.close();
    }
  } finally {
    await importFiles.remove(stored);
  }
}

const preview = route({
  id: 'previewImport',
  method: 'POST',
  paths: ['/api/v2/meta/bases/:baseId/import/preview'],
  summary: 'What an import of the file would make: tables, columns and first rows; nothing is stored',
  tag,
  access: inBase('dataImport'),
  target: 'base',
  query: fileQuery,
  bodyKind: 'stream',
  reply: previewReply,
  run: answerPreview,
});

const previewForNewBase = route({
  id: 'previewImportForNewBase',
  method: 'POST',
  paths: ['/api/v2/meta/import/preview'],
  summary: 'The same before the base exists, for those who may create one',
  tag,
  access: signedIn('baseCreate'),
  target: 'none',
  query: fileQuery,
  bodyKind: 'stream',
  reply: previewReply,
  run: answerPreview,
});

export const importRoutes: readonly AnyRoute[] = [start, preview, previewForNewBase];
