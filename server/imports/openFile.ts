import { AppError } from '../core/errors.ts';
import type { ImportedFile, ImportFormat, ReadOptions, StoredFile } from '../core/imports/importedFile.ts';
import { withChosenTypes } from './chosenTypes.ts';
import { decodeText, detectEncoding, requireEncoding } from './decodeText.ts';
import { cleanTitle, titleOfFile } from './nameColumns.ts';
import { openCsv } from './readCsv.ts';
import { openJson } from './readJson.ts';
import { isSqliteFile, openSqlite } from './readSqlite.ts';
import { isExcelFile, openXlsx } from './readXlsx.ts';
import { withoutSkipped } from './skippedColumns.ts';

const isJsonText = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
};

/** One record a line: the first line is JSON by itself and another line begins like it. */
function looksLikeLines(start: string): boolean {
  const lines = start.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 1 && isJsonText(lines[0] ?? '') && /^\s*[{["\d]/.test(lines[1] ?? '');
}

/** By the file's first bytes, then by its name. */
async function detectFormat(file: StoredFile, encoding: string): Promise<ImportFormat> {
  if (await isSqliteFile(file.path)) return 'sqlite';
  if (await isExcelFile(file.path)) return 'xlsx';
  let start = '';
  for await (const text of decodeText(file.path, encoding)) {
    start = text;
    break;
  }
  if (/\.(ndjson|jsonl)$/i.test(file.name)) return 'ndjson';
  if (/\.(csv|tsv|tab|txt)$/i.test(file.name)) return 'csv';
  if (/\.(sqlite3?|db)$/i.test(file.name)) return 'sqlite';
  if (/\.xls[xm]?$/i.test(file.name)) return 'xlsx';
  const first = start.trimStart()[0];
  if (first !== '{' && first !== '[') return /\.json$/i.test(file.name) ? 'json' : 'csv';
  return looksLikeLines(start) ? 'ndjson' : 'json';
}

function explain(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT')
    return new AppError('GENERIC_NOT_FOUND', 'The file does not exist. Check its path.', undefined, error);
  if (code === 'EACCES' || code === 'EISDIR') {
    return new AppError(
      'UNPROCESSABLE',
      'The file cannot be opened: it is a folder, or its rights forbid it.',
      undefined,
      error,
    );
  }
  return error;
}

function readAs(
  format: ImportFormat,
  file: StoredFile,
  title: string,
  options: ReadOptions,
  encoding: string | undefined,
): Promise<ImportedFile> {
  if (format === 'sqlite') return openSqlite(file.path);
  if (format === 'xlsx') return openXlsx(file.path, title, options);
  if (format === 'csv') return openCsv(file.path, title, options);
  return openJson(file.path, title, format, encoding === undefined ? options : { ...options, encoding });
}

/** Looks through a file of any known format. Throws UNPROCESSABLE with what is wrong and where. */
export async function openFile(file: StoredFile, options: ReadOptions): Promise<ImportedFile> {
  try {
    const title = cleanTitle(options.title ?? '') || titleOfFile(file.name);
    const encoding = options.encoding === undefined ? undefined : requireEncoding(options.encoding);
    const format =
      options.format ?? (await detectFormat(file, encoding ?? (await detectEncoding(file.path))));
    const found = await readAs(format, file, title, options, encoding);
    return withoutSkipped(withChosenTypes(found, options.types), options.skip);
  } catch (error) {
    throw explain(error);
  }
}
