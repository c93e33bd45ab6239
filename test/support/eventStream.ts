/** A client of server-sent events, as simple as can be. */
export interface TestStream {
  readonly status: number;
  readonly headers: Headers;
  /** The next event; undefined: the stream has ended. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  readonly next: () => Promise<{ id: string; data: any } | undefined>;
  readonly close: () => void;
}

function parseBlock(block: string): { id: string; data: unknown } | undefined {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const data = field('data');
  return data === undefined ? undefined : { id: field('id') ?? '', data: JSON.parse(data) };
}

/** Opens a stream over a real connection. */
export async function openStream(url: string, headers: Record<string, string>): Promise<TestStream> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function next() {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end !== -1) {
        const event = parseBlock(text.slice(0, end));
        text = text.slice(end + 2);
        if (event !== undefined) return event;
        continue;
      }
      const piece = await reader?.read();
      if (piece === undefined || piece.done) return undefined;
      text += piece.value;
    }
  }
  return { status: response.status, headers: response.headers, next, close: () => abort.abort() };
}
