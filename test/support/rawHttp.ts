import { connect, type Socket } from 'node:net';
import { expect } from 'vitest';
import { wrongRefusal } from './answers.ts';

/** Talks to a listening server in bytes, as no HTTP client would. */

export interface RawConnection {
  readonly socket: Socket;
  /** Everything received so far. */
  readonly text: () => string;
  /** Resolves when the server has closed the connection. */
  readonly closed: Promise<void>;
  /** Resolves when what was received matches, or the connection has closed. */
  readonly until: (pattern: RegExp) => Promise<string>;
  /** Writes and waits while the other side is slow. */
  readonly write: (bytes: string | Uint8Array) => Promise<void>;
}

export async function openRaw(address: string): Promise<RawConnection> {
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port) });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let received = '';
  let notify = (): void => undefined;
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    notify();
  });
  socket.on('error', () => undefined); // a reset is one way to be refused
  const closed = new Promise<void>((resolve) =>
    socket.once('close', () => {
      resolve();
      notify();
    }),
  );
  return {
    socket,
    closed,
    text: () => received,
    async until(pattern) {
      while (!pattern.test(received) && !socket.closed) {
        await new Promise<void>((resolve) => {
          notify = resolve;
        });
      }
      return received;
    },
    write: (bytes) =>
      new Promise((resolve) => {
        if (socket.destroyed || socket.write(bytes)) resolve();
        else socket.once('drain', resolve).once('close', () => resolve());
      }),
  };
}

/** Sends bytes, closes the sending half, and returns everything that came back. */
export async function exchange(address: string, bytes: string | Uint8Array): Promise<string> {
  const connection = await openRaw(address);
  await connection.write(bytes);
  connection.socket.end();
  await connection.closed;
  return connection.text();
}

/** The status and the body of the first response in a text. */
export function firstResponse(text: string): { status: number; body: string; headers: string } {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  const [headers = '', body = ''] = text.split(/\r\n\r\n(.*)/s);
  return { status, headers, body };
}

/** The first response must be one of these refusals, with a body like every refusal. */
export function expectRefused(text: string, status: readonly number[]): void {
  const { body, headers, status: given } = firstResponse(text);
  expect(status, text.slice(0, 300)).toContain(given);
  const type = /content-type: ([^\r]*)/i.exec(headers)?.[1];
  const json = body.slice(0, Number(/content-length: (\d+)/i.exec(headers)?.[1] ?? body.length));
  expect(
    wrongRefusal({ body: JSON.parse(json), text: json, headers: { 'content-type': type } }),
  ).toBeUndefined();
}
