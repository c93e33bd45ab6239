import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Base, BaseSummary, Caller } from '../model.ts';
import { maxBaseTitle } from '../tables/limits.ts';
import { type Meta, parseDescription, parseMeta, parseTitle } from '../tables/titles.ts';
import { parseColor } from './color.ts';
import { requireBase } from './require.ts';

export interface BaseInput {
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly color?: string | null | undefined;
  readonly meta?: Meta | null | undefined;
}

const prefixLength = 6;
const prefixLetters = 'abcdefghijklmnopqrstuvwxyz012345'; // 32: every random byte counts the same

/** Creates an empty base with one source; its creator becomes the owner. Titles may repeat. */
export async function createBase(core: Core, caller: Caller, input: BaseInput): Promise<Base> {
  const { principal } = caller;
  if (principal.kind === 'anonymous') {
    throw new AppError('AUTHENTICATION_REQUIRED', 'Authentication required - Invalid token');
  }
  const now = core.clock().getTime();
  const id = core.newId('base');
  await core.transaction(async (tx) => {
    const others = await tx.bases.list();
    await tx.bases.insert(
      {
        id,
        title: parseTitle('base title', input.title, maxBaseTitle),
        description: parseDescription(input.description ?? null),
        color: parseColor(input.color ?? null),
        meta: parseMeta(input.meta ?? { iconColor: '#36BFFF' }),
        order: others.reduce((last, base) => Math.max(last, base.order), 0) + 1,
        prefix: choosePrefix(core, others),
        createdAt: now,
        updatedAt: now,
      },
      { id: core.newId('source'), alias: null, type: 'sqlite3', createdAt: now, updatedAt: now },
    );
    await tx.bases.setMember(id, {
      userId: principal.user.id,
      role: 'owner',
      starred: false,
      order: null,
      hidden: false,
      createdAt: now,
    });
    await recordAudit(core, tx, caller, { action: 'base.create', baseId: id, target: id });
    tx.invalidate('base', id);
  });
  return requireBase(core, id);
}

/** Begins the physical names of the base's tables; no two bases share one. */
function choosePrefix(core: Core, others: readonly BaseSummary[]): string {
  const taken = new Set(others.map((base) => base.prefix));
  for (;;) {
    const letters = [...core.randomBytes(prefixLength)].map((byte) => prefixLetters[byte % 32]).join('');
    const prefix = `rg_${letters}__`;
    if (!taken.has(prefix)) return prefix;
  }
}
