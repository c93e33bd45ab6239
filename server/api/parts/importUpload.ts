import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { AppError } from '../../core/errors.ts';
import type { ImportFiles, StoredFile } from '../../core/imports/importedFile.ts';
import type { Call } from '../route.ts';

interface Part {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const noFile = (): AppError =>
  new AppError(
    'INVALID_REQUEST_BODY',
    'The form holds no file. Send the file as a part of its own, or as the body itself.',
  );

function createParser(headers: IncomingHttpHeaders, type: string): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': type },
      limits: { files: 1, fields: 20, parts: 21 },
    });
  } catch (error) {
    throw new AppError(
      'INVALID_REQUEST_BODY',
      'The content-type of the form names no boundary.',
      undefined,
      error,
    );
  }
}

/** The first file of a form; resolves as soon as it begins. */
function firstFile(stream: Readable, headers: IncomingHttpHeaders, type: string): Promise<Part> {
  const parser = createParser(headers, type);
  return new Promise((resolve, reject) => {
    let file: Readable | undefined;
    parser.on('file', (_field, part, name) => {
      file = part;
      resolve({ name: name ?? '', bytes: part });
    });
    pipeline(stream, parser).then(
      () => reject(noFile()), // without effect once a file has begun
      (error: unknown) => {
        const broken = new AppError(
          'INVALID_REQUEST_BODY',
          'The form is broken or was not sent to its end.',
          undefined,
          error,
        );
        file?.destroy(broken);
        reject(broken);
      },
    );
  });
}

/**
 * Stores the file of a request: the body itself, or the first file of a form.
 * A body that is refused is read to its end, so that the refusal arrives.
 */
export async function storeUpload(
  files: ImportFiles,
  call: Call,
  name: string | undefined,
): Promise<StoredFile> {
  const { stream } = call;
  if (!(stream instanceof Readable)) {
    throw new AppError('INVALID_REQUEST_BODY', 'The request has no body. Send the file as the body.');
  }
  const type = String(call.headers['content-type'] ?? '');
  try {
    if (!/^multipart\/form-data/i.test(type)) {
      return await files.save(stream.iterator({ destroyOnReturn: false }), name ?? 'import');
    }
    const part = await firstFile(stream, call.headers as IncomingHttpHeaders, type);
    return await files.save(part.bytes, name ?? (part.name || 'import'));
  } catch (error) {
    stream.unpipe();
    stream.resume();
    throw error;
  }
}
