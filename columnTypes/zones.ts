/** Days of a place: where a local day begins, through every change of its clocks. */

const formats = new Map<string, Intl.DateTimeFormat>();
/** A caller may name a zone, so what is remembered must have an end. */
const maxFormats = 600;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', hour: 'numeric' });
  if (formats.size >= maxFormats) formats.clear();
  formats.set(timeZone, format);
  return format;
}

/** Whether the runtime knows the zone, e.g. 'Europe/Berlin'. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const offsetText = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** Seconds that local clocks are ahead of UTC at an instant (seconds since 1970). */
function offsetAt(instant: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(instant * 1000);
  const match = offsetText.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '');
  if (match?.[1] === undefined) return 0;
  const size = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === '-' ? -size : size;
}

/** The local day (days since 1970-01-01) of an instant (seconds since then). */
export const dayAt = (instant: number, timeZone: string): number =>
  Math.floor((instant + offsetAt(instant, timeZone)) / 86_400);

/**
 * The first instant of a local day. Where clocks jump over midnight it is the
 * instant of the jump; where midnight comes twice it is the first.
 */
export function startOfDay(day: number, timeZone: string): number {
  const midnight = day * 86_400;
  if (timeZone === 'UTC') return midnight;
  // Offsets never leave ±16 h; between the two bounds the local day reaches `day`.
  let before = midnight - 16 * 3600;
  let reached = midnight + 16 * 3600;
  const early = offsetAt(before, timeZone);
  if (early === offsetAt(reached, timeZone)) return midnight - early;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (dayAt(middle, timeZone) >= day) reached = middle;
    else before = middle;
  }
  return reached;
}
