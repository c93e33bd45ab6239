import type { AuditEntry, AuditStore } from '../../core/ports.ts';
import type { Meta } from './builder.ts';
import {
  type Fields,
  number,
  optionalJson,
  optionalNumber,
  optionalText,
  readRow,
  text,
  writeRow,
} from './fields.ts';

const auditFields: Fields<AuditEntry> = {
  at: number('at'),
  action: text('action'),
  userId: optionalText('user_id'),
  tokenId: optionalNumber('token_id'),
  sessionId: optionalText('session_id'),
  baseId: optionalText('base_id'),
  tableId: optionalText('table_id'),
  target: optionalText('target'),
  details: optionalJson('details'),
  address: optionalText('address'),
  agent: optionalText('agent'),
  requestId: optionalText('request_id'),
};

/** Who did what; entries are only ever added. Lists are newest first. */
export function createAuditStore(meta: Meta): AuditStore {
  return {
    async add(entry) {
      await meta.run(meta.build.insertInto('rg_audit').values(writeRow(auditFields, entry)));
    },
    async list({ baseId, limit, offset }) {
      const entries = meta.build.selectFrom('rg_audit').selectAll();
      const matching = baseId === undefined ? entries : entries.where('base_id', '=', baseId);
      const { rows } = await meta.run(matching.orderBy('id', 'desc').limit(limit).offset(offset));
      return rows.map((row) => readRow(auditFields, row));
    },
  };
}
