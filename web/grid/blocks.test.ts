import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Row } from '../api/shapes.ts';
import { type BlockPage, createBlocks } from './blocks.ts';

interface Asked {
  readonly offset: number;
  readonly signal: AbortSignal;
  readonly answer: () => void;
  readonly refuse: (error: Error) => void;
}

/** A table of numbered rows that answers when told to. */
function table(count: number) {
  const asked: Asked[] = [];
  const state = { count, version: 1 };
  const pageOf = (offset: number, limit: number): BlockPage => ({
    rows: Array.from({ length: Math.max(0, Math.min(limit, state.count - offset)) }, (_, i) => ({
      Id: offset + i,
      version: state.version,
    })),
    total: state.count,
  });
  const fetchPage = (offset: number, limit: number, signal: AbortSignal): Promise<BlockPage> =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
      asked.push({ offset, signal, answer: () => resolve(pageOf(offset, limit)), refuse: reject });
    });
  return { asked, state, fetchPage, open: () => asked.filter(({ signal }) => !signal.aborted) };
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
};
const ignore = { onChange: () => undefined, onError: () => undefined };

describe('blocks of rows', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function opened(count: number, size = 10) {
    const source = table(count);
    const blocks = createBlocks({ ...ignore, fetchPage: source.fetchPage, size, keep: 8, pause: 50 });
    blocks.renew();
    await settle();
    source.asked[0]?.answer();
    await settle();
    return { source, blocks };
  }

  it('asks for what is in view once, and for its neighbours afterwards', async () => {
    const { source, blocks } = await opened(1000);
    expect(blocks.total()).toBe(1000);
    expect(blocks.rowAt(3)).toEqual({ Id: 3, version: 1 });
    source.asked.length = 0;
    vi.advanceTimersByTime(100);
    blocks.show(500, 515);
    blocks.show(500, 515);
    await settle();
    expect(source.asked.map(({ offset }) => offset)).toEqual([500, 510]);
    for (const { answer } of source.asked) answer();
    await settle();
    expect(blocks.rowAt(514)).toEqual({ Id: 514, version: 1 });
    expect(source.asked.map(({ offset }) => offset)).toEqual([500, 510, 520, 490]);
  });

  it('stops asking for what was scrolled past, and asks for little while flinging', async () => {
    const { source, blocks } = await opened(100_000);
    source.asked.length = 0;
    vi.advanceTimersByTime(100);
    for (let first = 1000; first < 50_000; first += 100) blocks.show(first, first + 15);
    expect(source.asked.length).toBeLessThanOrEqual(4);
    vi.advanceTimersByTime(60);
    await settle();
    expect(source.open().map(({ offset }) => offset)).toEqual([49_900, 49_910]);
  });

  it('keeps what is in view while it is read again', async () => {
    const { source, blocks } = await opened(100);
    blocks.show(0, 5);
    source.state.version = 2;
    source.state.count = 90;
    source.asked.length = 0;
    blocks.renew();
    await settle();
    expect(blocks.rowAt(2)).toEqual({ Id: 2, version: 1 });
    expect(blocks.isMissing()).toBe(false);
    for (const { answer } of source.asked) answer();
    await settle();
    expect(blocks.rowAt(2)).toEqual({ Id: 2, version: 2 });
    expect(blocks.total()).toBe(90);
  });

  it('reads pages again that were asked for before something was stored', async () => {
    const { source, blocks } = await opened(100);
    source.asked.length = 0;
    vi.advanceTimersByTime(100);
    blocks.show(50, 55);
    await settle();
    blocks.outdate();
    source.asked[0]?.answer();
    await settle();
    expect(source.asked.map(({ offset }) => offset)).toEqual([50, 50]);
  });

  it('loads any range, and tells whoever waits what went wrong', async () => {
    const { source, blocks } = await opened(35);
    const rows = blocks.load(5, 35);
    for (let i = 0; i < 4; i += 1) {
      await settle();
      for (const { answer } of source.asked) answer();
    }
    expect((await rows).map((row: Row) => row.Id)).toEqual(Array.from({ length: 30 }, (_, i) => i + 5));
    blocks.renew();
    await settle();
    source.asked.length = 0;
    const failing = blocks.load(20, 25);
    await settle();
    for (const { refuse } of source.asked) refuse(new Error('offline'));
    await expect(failing).rejects.toThrow('offline');
  });

  it('appends a row behind the last one, also when it begins a block', async () => {
    const { blocks } = await opened(9);
    blocks.append({ Id: 'a' });
    blocks.append({ Id: 'b' });
    expect(blocks.total()).toBe(11);
    expect([blocks.rowAt(9), blocks.rowAt(10)]).toEqual([{ Id: 'a' }, { Id: 'b' }]);
  });

  it('shows every row in view in the end, wherever people scroll, and keeps few blocks', async () => {
    const places = fc.array(fc.integer({ min: 0, max: 985 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(places, async (list) => {
        const { source, blocks } = await opened(1000);
        for (const first of list) {
          blocks.show(first, first + 15);
          vi.advanceTimersByTime(20);
          await settle();
        }
        for (let i = 0; i < 6; i += 1) {
          vi.advanceTimersByTime(60);
          await settle();
          for (const { answer } of source.asked) answer();
        }
        await settle();
        const first = list.at(-1) ?? 0;
        for (let row = first; row < first + 15; row += 1)
          expect(blocks.rowAt(row)).toEqual({ Id: row, version: 1 });
        const kept = Array.from({ length: 1000 }, (_, row) => blocks.rowAt(row)).filter(Boolean).length;
        expect(kept).toBeLessThanOrEqual(8 * 10);
        blocks.close();
      }),
      { numRuns: 40 },
    );
  });
});
