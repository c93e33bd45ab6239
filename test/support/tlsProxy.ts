import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/** Signed by itself, for localhost and 127.0.0.1; made for the tests alone. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUQIO5cKS0ijNgQQ/WSvy9tmQmaX8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjA3NDQxM1oYDzIxMjYxMDI5
MDc0NDEzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARwSzdBGJa95OXJ7SiCSmZGVzV2+WquUzM9WycKLNYLL+lrCuWN0PC5
dLLMUhOzvJGcTBk8bJS3eooM2xXJluzFo28wbTAdBgNVHQ4EFgQUwB6zi3duuKa2
/sUI7egZASnOR+IwHwYDVR0jBBgwFoAUwB6zi3duuKa2/sUI7egZASnOR+IwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhANok1VW9CGebfeGZxnyqd11kp7SZkN+EbNkgxqUMKH4AAiB4
wO3gZ2LomdGfV97HJMC71OAoy8NaTOBKG4BitOHcAQ==
-----END CERTIFICATE-----`;

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRn5+moe/AETfFFs4
VSPukhbhD9FRLhF/kmscc88I9VehRANCAARwSzdBGJa95OXJ7SiCSmZGVzV2+Wqu
UzM9WycKLNYLL+lrCuWN0PC5dLLMUhOzvJGcTBk8bJS3eooM2xXJluzF
-----END PRIVATE KEY-----`;

export interface TlsProxy {
  readonly port: number;
  /** Connections that were secured so far. */
  readonly secured: () => number;
  readonly close: () => Promise<void>;
}

/** Offers TLS, as PostgreSQL negotiates it, before a server on this machine that has none. */
export async function startTlsProxy(to: { host: string; port: number }): Promise<TlsProxy> {
  const sockets = new Set<Socket>();
  let secured = 0;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((plain) => {
    keep(plain).once('data', () => {
      plain.write('S'); // the only thing a client says in the clear is that it wants TLS
      const context = createSecureContext({ key, cert: certificate });
      const tls = new TLSSocket(plain, { isServer: true, secureContext: context });
      tls.on('error', () => plain.destroy());
      tls.once('secure', () => {
        secured += 1;
        const behind = keep(connect(to));
        tls.pipe(behind).pipe(tls);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    secured: () => secured,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
