/**
 * What an API token looks like: `rg`, a letter for its kind, `_`, 30 random
 * base62 characters and 6 base62 characters of CRC-32 over the 34 before them;
 * 40 in all. The checksum is no security: it tells typos and foreign strings
 * from ours without asking a database, and lets scanners confirm a find.
 */
export const tokenPattern = /^rg[a-z]_[0-9A-Za-z]{36}$/;

/** An example that no instance has issued; for documents. */
export const exampleToken = 'rgp_0000000000000000000000000000001V7FEa';

export const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Tokens of other makers may have any form up to this length. */
export const maxTokenLength = 255;

const bodyLength = 34;

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (IEEE) of ASCII text. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i += 1) {
    crc = (crc >>> 8) ^ (crcTable[(crc ^ text.charCodeAt(i)) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The six characters that end a token whose first 34 are `body`. */
export function tokenChecksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let i = 0; i < 6; i += 1) {
    text = base62.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** Whether the text has the form of our tokens; its checksum may still be wrong. */
export const hasTokenForm = (text: string): boolean => tokenPattern.test(text);

/** Whether the text is a token of ours that was copied without a mistake. */
export const isIntactToken = (text: string): boolean =>
  hasTokenForm(text) && text.slice(bodyLength) === tokenChecksum(text.slice(0, bodyLength));
