/** What a device is, from the text its browser sends; parts that it does not tell are undefined. */
export interface Device {
  readonly program: string | undefined;
  readonly system: string | undefined;
  readonly isPhone: boolean;
}

/** The first that fits counts: browsers also name those they descend from. */
const programs: readonly [pattern: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

const systems: readonly [pattern: RegExp, name: string][] = [
  [/\b(?:iPhone|iPod)\b/, 'iOS'],
  [/\biPad\b/, 'iPadOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

const nameIn = (agent: string, list: readonly [RegExp, string][]): string | undefined =>
  list.find(([pattern]) => pattern.test(agent))?.[1];

/** Reads a `User-Agent`. A program that is no browser is called by the name it gives first. */
export function describeAgent(agent: string | null): Device {
  const text = (agent ?? '').slice(0, 500);
  const own = /^([\w.-]{1,40})\//.exec(text)?.[1];
  return {
    program: nameIn(text, programs) ?? (own === 'Mozilla' ? undefined : own),
    system: nameIn(text, systems),
    isPhone: /\b(?:iPhone|iPod|Mobile)\b/.test(text),
  };
}
