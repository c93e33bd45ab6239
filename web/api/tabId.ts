/** What this tab calls itself, so that it knows the echo of its own writes. Also where the page is not secure. */
export const tabId: string = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
  byte.toString(16).padStart(2, '0'),
).join('');
