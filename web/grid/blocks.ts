import type { Row } from '../api/shapes.ts';

/** Rows of one request when a long range is wanted at once. */
const longPage = 1000;

/** Rows of a long list, read block by block as they come into view. */

export interface BlockPage {
  readonly rows: readonly Row[];
  readonly total: number;
}

export interface BlockOptions {
  readonly fetchPage: (offset: number, limit: number, signal: AbortSignal) => Promise<BlockPage>;
  /** Rows of a request. */
  readonly size?: number;
  /** Blocks kept in memory. */
  readonly keep?: number;
  /** Shortest time between two waves of requests, so that flinging past blocks asks for few of them. */
  readonly pause?: number;
  /** Rows from `first` to before `end` changed, or the total did. */
  readonly onChange: (first: number, end: number) => void;
  readonly onError: (error: unknown) => void;
  /** Changes a row on its way in: what was edited and is not yet stored stays visible. */
  readonly decorate?: (row: Row) => Row;
}

interface Block {
  rows: readonly Row[];
  /** Still shown, but to be read again. */
  stale: boolean;
}

interface Flight {
  readonly abort: AbortController;
  readonly result: Promise<void>;
  /** Somebody waits for it: scrolling past must not stop it. */
  needed: boolean;
  outdated: boolean;
}

export interface Blocks {
  readonly rowAt: (index: number) => Row | undefined;
  /** Undefined until the first page has come. */
  readonly total: () => number | undefined;
  /** What is in view: reads what is missing, stops reading what is not. */
  readonly show: (first: number, end: number) => void;
  /** Whether some of what is in view has not come yet. */
  readonly isMissing: () => boolean;
  /** Everything may have changed: what is in view stays until it is read again. */
  readonly renew: () => void;
  /** Something was stored: pages asked for before may come without it and are read again. */
  readonly outdate: () => void;
  /** All rows of a range, read where needed. */
  readonly load: (first: number, end: number) => Promise<Row[]>;
  readonly replace: (change: (row: Row) => Row) => void;
  readonly append: (row: Row) => void;
  readonly close: () => void;
}

export function createBlocks(options: BlockOptions): Blocks {
  const { fetchPage, onChange, onError, decorate = (row) => row } = options;
  const { size = 100, keep = 120, pause = 90 } = options;
  const blocks = new Map<number, Block>(); // in order of use, the longest unused first
  const flights = new Map<number, Flight>();
  const failed = new Map<number, number>(); // when, in milliseconds
  let total: number | undefined;
  let generation = 0;
  let counted = -1; // generation of the total
  let view = { first: 0, end: 0 };
  let lastWave = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const blockOf = (index: number): number => Math.floor(index / size);
  const lastBlock = (): number => (total === undefined ? 0 : Math.max(0, blockOf(total - 1)));
  const inView = (): number[] => {
    const numbers: number[] = [];
    const end = Math.min(blockOf(Math.max(view.first, view.end - 1)), lastBlock());
    for (let number = Math.min(blockOf(view.first), end); number <= end; number += 1) numbers.push(number);
    return numbers;
  };
  const isFresh = (number: number): boolean => blocks.get(number)?.stale === false;

  function touch(number: number): Block | undefined {
    const block = blocks.get(number);
    if (block !== undefined) {
      blocks.delete(number);
      blocks.set(number, block);
    }
    return block;
  }

  function evict(): void {
    const visible = new Set(inView());
    for (const number of blocks.keys()) {
      if (blocks.size <= keep) return;
      if (!visible.has(number)) blocks.delete(number);
    }
  }

  function setTotal(next: number): void {
    if (next === total) return;
    const end = Math.max(next, total ?? 0);
    total = next;
    for (const number of blocks.keys()) if (number > lastBlock()) blocks.delete(number);
    onChange(next, end);
  }

  function accept(number: number, page: BlockPage, outdated: boolean): void {
    failed.delete(number);
    const isFirst = counted !== generation;
    counted = generation;
    blocks.set(number, { rows: page.rows.map(decorate), stale: outdated });
    const expected = Math.min(size, Math.max(0, (total ?? 0) - number * size));
    if (isFirst) setTotal(page.total);
    else if (page.rows.length < expected) setTotal(page.total);
    onChange(number * size, (number + 1) * size);
    evict();
  }

  function start(number: number, needed: boolean): Flight {
    const abort = new AbortController();
    const begun = generation;
    const run = async (): Promise<void> => {
      try {
        const page = await fetchPage(number * size, size, abort.signal);
        if (begun === generation && !closed) accept(number, page, flight.outdated);
      } catch (error) {
        if (abort.signal.aborted || closed) return;
        failed.set(number, Date.now());
        if (flight.needed) throw error;
        onError(error);
      } finally {
        if (flights.get(number) === flight) flights.delete(number);
        if (!closed && begun === generation) wave();
      }
    };
    const flight: Flight = { abort, needed, outdated: false, result: Promise.resolve().then(run) };
    // Whoever waits for it hears of a failure; nobody else must.
    flight.result.catch(() => undefined);
    flights.set(number, flight);
    return flight;
  }

  const retryAfter = 3000;
  const mayStart = (number: number): boolean =>
    !isFresh(number) && !flights.has(number) && Date.now() - (failed.get(number) ?? 0) > retryAfter;

  /** Starts what is in view and missing, then the neighbours; at most a few at a time. */
  function wave(): void {
    if (closed || view.end <= view.first) return;
    const visible = inView();
    const wanted = visible.filter(mayStart);
    const settled = visible.every(isFresh);
    const near = settled ? [(visible.at(-1) ?? 0) + 1, (visible[0] ?? 0) - 1] : [];
    const ahead = near.filter((number) => number >= 0 && number <= lastBlock() && mayStart(number));
    for (const number of [...wanted, ...ahead]) {
      if (flights.size >= 4) return;
      lastWave = Date.now();
      start(number, false);
    }
  }

  function stopPassed(): void {
    const visible = inView();
    const from = (visible[0] ?? 0) - 1;
    const to = (visible.at(-1) ?? 0) + 1;
    for (const [number, flight] of flights) {
      if (flight.needed || (number >= from && number <= to)) continue;
      flight.abort.abort();
      flights.delete(number);
    }
  }

  function show(first: number, end: number): void {
    view = { first, end };
    for (const number of inView()) touch(number);
    stopPassed();
    if (timer !== undefined) return;
    const wait = Math.max(0, lastWave + pause - Date.now());
    if (wait === 0) wave();
    else
      timer = setTimeout(() => {
        timer = undefined;
        wave();
      }, wait);
  }

  function renew(): void {
    generation += 1;
    failed.clear();
    for (const flight of flights.values()) if (!flight.needed) flight.abort.abort();
    flights.clear();
    const visible = new Set(inView());
    for (const [number, block] of blocks) {
      if (visible.has(number)) block.stale = true;
      else blocks.delete(number);
    }
    if (view.end <= view.first) view = { first: 0, end: 1 };
    wave();
  }

  async function loadBlock(number: number): Promise<void> {
    for (let attempt = 0; !isFresh(number) && attempt < 3; attempt += 1) {
      const flight = flights.get(number) ?? start(number, true);
      flight.needed = true;
      await flight.result;
    }
  }

  /** Long ranges are read in larger pages that are not kept. */
  async function loadLong(first: number, end: number): Promise<Row[]> {
    const rows: Row[] = [];
    const { signal } = new AbortController();
    for (let offset = first; offset < end; offset += longPage) {
      const page = await fetchPage(offset, Math.min(longPage, end - offset), signal);
      for (const row of page.rows) rows.push(decorate(row));
    }
    return rows;
  }

  async function load(first: number, end: number): Promise<Row[]> {
    if (end - first > 4 * size) return loadLong(first, end);
    const rows: Row[] = [];
    for (let number = blockOf(first); number * size < end; number += 1) {
      await loadBlock(number);
      const block = blocks.get(number);
      const start = number * size;
      rows.push(...(block?.rows ?? []).slice(Math.max(0, first - start), Math.max(0, end - start)));
    }
    return rows;
  }

  return {
    rowAt: (index) => blocks.get(blockOf(index))?.rows[index % size],
    total: () => total,
    show,
    isMissing: () => inView().some((number) => !blocks.has(number)),
    renew,
    outdate: () => {
      for (const flight of flights.values()) flight.outdated = true;
    },
    load,
    replace: (change) => {
      for (const [number, block] of blocks) {
        const rows = block.rows.map(change);
        if (rows.every((row, index) => row === block.rows[index])) continue;
        block.rows = rows;
        onChange(number * size, number * size + rows.length);
      }
    },
    append: (row) => {
      const index = total ?? 0;
      const block = blocks.get(blockOf(index));
      // Only where its neighbours are known: a block with a hole in front would show the wrong rows.
      if (block !== undefined && block.rows.length === index % size) block.rows = [...block.rows, row];
      else if (index % size === 0) blocks.set(blockOf(index), { rows: [row], stale: false });
      setTotal(index + 1);
      onChange(index, index + 1);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      for (const flight of flights.values()) flight.abort.abort();
    },
  };
}
