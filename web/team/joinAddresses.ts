/** Addresses as people paste them, by lines, spaces, commas or semicolons, as the list the server takes. */
export const joinAddresses = (text: string): string =>
  [...new Set(text.split(/[\s,;]+/).filter((address) => address !== ''))].join(',');
