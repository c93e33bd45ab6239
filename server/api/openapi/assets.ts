import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/**
 * The files of the API docs page: Swagger UI's own and ours. A built
 * server has them all in `swagger/` next to its bundle; from source, ours lie
 * in `page/` and the others in the package.
 */

export interface SwaggerAsset {
  readonly type: string;
  /** Where the file comes from when a build collects it. */
  readonly from: 'package' | 'page';
}

/** The only names that are served. */
export const swaggerAssets: Readonly<Record<string, SwaggerAsset>> = {
  'swagger-ui-bundle.js': { type: 'text/javascript; charset=utf-8', from: 'package' },
  'swagger-ui.css': { type: 'text/css; charset=utf-8', from: 'package' },
  'favicon-32x32.png': { type: 'image/png', from: 'package' },
  'favicon-16x16.png': { type: 'image/png', from: 'package' },
  'apiDocs.js': { type: 'text/javascript; charset=utf-8', from: 'page' },
  'openApi30.js': { type: 'text/javascript; charset=utf-8', from: 'page' },
  'apiDocs.css': { type: 'text/css; charset=utf-8', from: 'page' },
};

export interface LoadedAsset {
  readonly type: string;
  readonly bytes: Buffer;
  /** The same compressed; undefined where that saves nothing. */
  readonly gzipped: Buffer | undefined;
  /** Of the content, fit for a URL. */
  readonly hash: string;
}

const here = dirname(fileURLToPath(import.meta.url));

function sourceFolder(asset: SwaggerAsset): string {
  if (asset.from === 'page') return join(here, 'page');
  return join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json')), 'static');
}

async function readAsset(name: string, asset: SwaggerAsset): Promise<Buffer> {
  try {
    return await readFile(join(here, 'swagger', name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return readFile(join(sourceFolder(asset), name)); // not built: run from source
  }
}

const compress = promisify(gzip);

async function load(name: string, asset: SwaggerAsset): Promise<LoadedAsset> {
  const bytes = await readAsset(name, asset);
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
  const gzipped = asset.type.startsWith('text/') ? await compress(bytes) : undefined;
  return { type: asset.type, bytes, gzipped, hash };
}

const loaded = new Map<string, Promise<LoadedAsset>>();

/** One of the files, read at its first use; undefined for any name that is not on the list. */
export function findAsset(name: string): Promise<LoadedAsset> | undefined {
  const asset = Object.hasOwn(swaggerAssets, name) ? swaggerAssets[name] : undefined;
  if (asset === undefined) return undefined;
  let promise = loaded.get(name);
  if (promise === undefined) {
    promise = load(name, asset);
    loaded.set(name, promise);
    promise.catch(() => loaded.delete(name)); // the next request tries again
  }
  return promise;
}
