import { Text } from '@mantine/core';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edited } from '../cells/fieldCell.ts';
import { choicesIn, peopleIn } from '../field.ts';
import { useGridContext } from '../gridContext.ts';
import { type ChoiceItem, ChoiceList } from './ChoiceList.tsx';
import { choiceItems, isSeveral } from './choices.ts';
import { EditorFrame } from './EditorFrame.tsx';
import classes from './editors.module.css';
import { useFocusAtEnd } from './TextEditor.tsx';
import { type EditorProps, editedCell, endByKey, useTyped } from './useDraft.ts';

/** Options drawn at once: more are found by typing. */
const maxShown = 200;

function chosenIn({ data }: EditorProps['value']): string[] {
  const { field, cell } = data;
  if (field.type.json === 'people') return peopleIn(cell).map((person) => person.id);
  if (field.type.name === 'SingleSelect') return typeof cell === 'string' ? [cell] : [];
  return [...choicesIn(cell)];
}

/** A searchable list: one choice and done, or several. */
export function ChoiceEditor(props: EditorProps) {
  const { t } = useTranslation();
  const { people } = useGridContext();
  const { value, onChange, onFinishedEditing } = props;
  const { field } = value.data;
  const several = isSeveral(field);
  const id = useId();
  const typed = useTyped(props.initialValue, (text) => setSearch(text));
  const [search, setSearch] = useState(typed ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(() => chosenIn(value));
  const [active, setActive] = useState(0);
  const edited = useRef<Edited>(undefined);
  const ref = useFocusAtEnd<HTMLInputElement>(false);
  const wanted = search.trim().toLowerCase();
  const items = choiceItems(field, people)
    .filter((item) => item.label.toLowerCase().includes(wanted))
    .slice(0, maxShown);

  function keep(next: readonly string[]): void {
    setChosen(next);
    edited.current = { input: next.length === 0 ? null : next.join(',') };
    onChange(editedCell(value, edited.current));
  }

  function choose(item: ChoiceItem, move: -1 | 0 | 1 = 0): void {
    if (!several) {
      onFinishedEditing(editedCell(value, { input: item.value }), [0, move]);
      return;
    }
    const next = chosen.includes(item.value)
      ? chosen.filter((each) => each !== item.value)
      : [...chosen, item.value];
    setSearch('');
    keep(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((now) => Math.min(Math.max(now + step, 0), Math.max(0, items.length - 1)));
      return;
    }
    const item = items[active];
    // Several: Enter chooses while something is searched or moved to, otherwise it closes.
    if (event.key === 'Enter' && item !== undefined && (!several || search !== '' || active > 0)) {
      event.preventDefault();
      choose(item, 1);
    } else if (event.key === ' ' && several && search === '' && item !== undefined) {
      event.preventDefault();
      choose(item);
    } else if (event.key === 'Backspace' && search === '' && chosen.length > 0) {
      keep(several ? chosen.slice(0, -1) : []);
    } else endByKey(event, props, edited.current);
  }

  return (
    <EditorFrame title={field.title} hint={several ? t('grid.severalHint') : undefined}>
      <input
        ref={ref}
        className={classes.input}
        role="combobox"
        aria-label={field.title}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={items.length > 0 ? `${id}-${active}` : undefined}
        placeholder={chosen.length > 0 && !several ? chosen.join(', ') : t('grid.searchChoices')}
        autoComplete="off"
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {items.length === 0 ? (
        <Text size="xs" className={classes.hint}>
          {t('grid.noChoice')}
        </Text>
      ) : null}
      <ChoiceList
        id={id}
        items={items}
        active={active}
        chosen={new Set(chosen)}
        several={several}
        onChoose={(item) => choose(item)}
      />
    </EditorFrame>
  );
}
