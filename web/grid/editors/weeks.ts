type WeekLocale = Intl.Locale & {
  readonly getWeekInfo?: () => { readonly firstDay: number };
  readonly weekInfo?: { readonly firstDay: number };
};

/** The day that weeks begin with where the reader lives, 0 for Sunday. */
export function firstDayOfWeek(locale: string): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const known = new Intl.Locale(locale) as WeekLocale;
  const day = known.getWeekInfo?.().firstDay ?? known.weekInfo?.firstDay ?? 1;
  return (day % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6;
}
