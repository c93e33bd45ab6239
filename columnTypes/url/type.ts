import { validatedText } from '../validatedText.ts';

const schemes = new Set(['http:', 'https:', 'ftp:', 'ftps:', 'mailto:', 'tel:']);

/** An address with a scheme, or as people write it: 'example.com/path'. */
function isUrl(text: string): boolean {
  if (/\s/.test(text)) return false;
  const url = URL.parse(text);
  if (url !== null && schemes.has(url.protocol)) return true;
  return URL.parse(`http://${text}`)?.hostname.includes('.') === true;
}

export const url = validatedText('URL', 'a web address', isUrl, 'https://example.com/');
