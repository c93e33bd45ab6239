/** How a base or table looks, kept in its `meta` as the wire knows it. */
export interface Look {
  /** `tabler:<name>`, or a character that other clients chose. */
  readonly icon: string | undefined;
  /** e.g. `#24716E` */
  readonly color: string | undefined;
}

/** Lists of bases carry `meta` as JSON text, everything else as an object. */
export function readMeta(meta: unknown): Readonly<Record<string, unknown>> {
  if (typeof meta === 'object' && meta !== null) return meta as Record<string, unknown>;
  if (typeof meta !== 'string' || !meta.startsWith('{')) return {};
  try {
    return JSON.parse(meta) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export function lookOf(thing: { readonly meta: unknown; readonly color?: string | null }): Look {
  const meta = readMeta(thing.meta);
  return { icon: text(meta.icon), color: text(thing.color) ?? text(meta.iconColor) };
}
