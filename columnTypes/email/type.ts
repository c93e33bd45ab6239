import { validatedText } from '../validatedText.ts';

/** Longest address that mail can carry (RFC 5321, section 4.5.3.1.3). */
const maxLength = 254;
const address = /^[^\s@<>(),;:"]+@[^\s@<>(),;:".]+(?:\.[^\s@<>(),;:".]+)+$/;

export const email = validatedText(
  'Email',
  'an e-mail address',
  (text) => text.length <= maxLength && address.test(text),
  'ada@example.com',
);
