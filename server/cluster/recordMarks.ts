/** Changes of records within this many milliseconds are told together. */
const interval = 300;

/**
 * Tells other instances in which bases records were written, so that those who
 * watch there look again: at most a few entries a second however much is
 * written, and none while nobody else lives.
 * @param tell writes entries of the log, in a transaction of its own
 */
export function createRecordMarks(
  hasOthers: () => boolean,
  tell: (baseIds: readonly string[]) => Promise<void>,
  failed: (error: unknown) => void,
) {
  const bases = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    timer = undefined;
    const marked = [...bases];
    bases.clear();
    if (marked.length > 0) await tell(marked);
  }

  return {
    mark(baseId: string): void {
      if (!hasOthers()) return;
      bases.add(baseId);
      if (timer !== undefined) return;
      timer = setTimeout(() => void flush().catch(failed), interval);
      timer.unref();
    },
    async close(): Promise<void> {
      clearTimeout(timer);
      await flush().catch(failed);
    },
  };
}
