import '@mantine/dates/styles.css';
import { DatePicker, DatesProvider, TimeInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { localParts, typedDate } from '../display.ts';
import { useGridContext } from '../gridContext.ts';
import { calendarLocale } from './calendarWords.ts';
import { EditorFrame } from './EditorFrame.tsx';
import classes from './editors.module.css';
import { useFocusAtEnd } from './TextEditor.tsx';
import { type EditorProps, useDraft } from './useDraft.ts';
import { firstDayOfWeek } from './weeks.ts';

/** A date, with a time where the column has one: typed as the reader writes it, or picked. */
export function DateEditor(props: EditorProps) {
  const { t, i18n } = useTranslation();
  const { locale } = useGridContext();
  const { field } = props.value.data;
  const hasTime = field.type.storage === 'datetime';
  const draft = useDraft(props, typedDate);
  const ref = useFocusAtEnd<HTMLInputElement>(props.isHighlighted);
  const [day, time] = partsOf(draft.value, hasTime);
  const write = (newDay: string, newTime: string): void =>
    draft.type(typedDate(field, hasTime ? new Date(`${newDay}T${newTime}`).toISOString() : newDay, locale));
  return (
    <EditorFrame title={field.title} refusal={draft.refusal}>
      <input
        ref={ref}
        className={classes.input}
        aria-label={field.title}
        aria-invalid={draft.refusal !== undefined}
        placeholder={typedDate(field, hasTime ? '2024-05-31 14:30:00+00:00' : '2024-05-31', locale)}
        autoComplete="off"
        value={draft.text}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={draft.onKeyDown}
      />
      <div className={classes.panel}>
        <DatesProvider
          settings={{
            locale: calendarLocale(i18n.language),
            firstDayOfWeek: firstDayOfWeek(locale),
            weekendDays: [],
          }}
        >
          <DatePicker
            size="xs"
            value={day ?? null}
            defaultDate={day ?? localParts(new Date())[0]}
            onChange={(next) => {
              if (next === null) draft.type('');
              else write(next.slice(0, 10), time ?? '00:00:00');
            }}
            ariaLabels={{
              nextMonth: t('grid.nextMonth'),
              previousMonth: t('grid.previousMonth'),
              monthLevelControl: t('grid.chooseMonth'),
            }}
          />
          {hasTime ? (
            <TimeInput
              size="xs"
              mt={8}
              label={t('grid.time')}
              withSeconds
              value={time ?? ''}
              onChange={(event) => {
                const next = event.currentTarget.value;
                if (next !== '') write(day ?? localParts(new Date())[0], next);
              }}
            />
          ) : null}
        </DatesProvider>
      </div>
    </EditorFrame>
  );
}

function partsOf(value: unknown, hasTime: boolean): readonly [string | undefined, string | undefined] {
  if (typeof value !== 'string') return [undefined, undefined];
  return hasTime ? localParts(new Date(value.replace(' ', 'T'))) : [value, undefined];
}
