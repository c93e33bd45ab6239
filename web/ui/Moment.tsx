import { useTranslation } from 'react-i18next';
import { formatDay, formatDistance, formatMoment, readInstant } from './dates.ts';

/** A point in time; the exact one shows under the pointer and is what machines read. */
export function Moment({ at, as = 'day' }: { at: string; as?: 'day' | 'distance' }) {
  const { i18n } = useTranslation();
  const date = readInstant(at);
  const text =
    as === 'distance' ? formatDistance(date, new Date(), i18n.language) : formatDay(date, i18n.language);
  return (
    <time dateTime={date.toISOString()} title={formatMoment(date, i18n.language)}>
      {text}
    </time>
  );
}
