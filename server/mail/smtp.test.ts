import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createMailer } from './smtp.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

/** Speaks just enough SMTP; `refuse` answers every recipient with 550. */
async function startSmtp(refuse = false) {
  const seen: string[] = [];
  server = createServer((socket) => {
    let inData = false;
    socket.write('220 test ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n')) {
        if (line === '') continue;
        seen.push(line);
        if (inData) {
          if (line === '.') {
            inData = false;
            socket.write('250 taken\r\n');
          }
        } else if (/^DATA/i.test(line)) {
          inData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else if (/^EHLO/i.test(line)) socket.write('250-test\r\n250 AUTH PLAIN\r\n');
        else if (/^AUTH/i.test(line)) socket.write('235 welcome\r\n');
        else socket.write(refuse && /^RCPT/i.test(line) ? '550 no\r\n' : '250 ok\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => void server?.listen(0, '127.0.0.1', resolve));
  return { seen, port: (server.address() as AddressInfo).port };
}

const settings = { host: '127.0.0.1', secure: false, from: 'rowgate@example.com' };
const mail = { to: 'ann@example.com', subject: 'Reset your password', text: 'Open this link' };

describe('mail', () => {
  test('without settings nothing is sent and the mailer says so', async () => {
    const mailer = createMailer(undefined);
    expect(mailer.configured).toBe(false);
    await expect(mailer.send(mail)).resolves.toBeUndefined();
  });

  test('a message reaches the server', async () => {
    const { seen, port } = await startSmtp();
    const mailer = createMailer({ ...settings, port, user: 'me', password: 'secret' });
    expect(mailer.configured).toBe(true);
    await mailer.send(mail);
    expect(seen).toContain('MAIL FROM:<rowgate@example.com>');
    expect(seen).toContain('RCPT TO:<ann@example.com>');
    expect(seen).toContain('Subject: Reset your password');
    expect(seen).toContain('Open this link');
  });

  test('a line break in the subject or a comma in the address adds no header and no recipient', async () => {
    const { seen, port } = await startSmtp();
    const mailer = createMailer({ ...settings, port });
    await mailer.send({ ...mail, subject: 'Hello\r\nBcc: evil@example.com' });
    await mailer.send({ ...mail, to: 'ann@example.com, evil@example.com' }).catch(() => undefined);
    expect(seen.filter((line) => /^Bcc/i.test(line))).toEqual([]);
    expect(seen.filter((line) => line === 'RCPT TO:<evil@example.com>')).toEqual([]);
  });

  test('a refusal is an error without the server’s words', async () => {
    const { port } = await startSmtp(true);
    const sending = createMailer({ ...settings, port }).send(mail);
    await expect(sending).rejects.toMatchObject({ name: 'AppError', code: 'UNAVAILABLE' });
    await expect(sending).rejects.not.toMatchObject({ message: expect.stringContaining('550') });
  });
});
