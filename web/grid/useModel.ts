import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { keys } from '../api/queries.ts';
import type { Table } from '../api/shapes.ts';
import type { ViewState } from '../views/useView.ts';
import { fieldOf, type Person } from './field.ts';
import { createModel, type GridModel } from './model.ts';

const changedByServer = new Set(['LastModifiedTime', 'LastModifiedBy']);

/** Keys of a table as text: another key means other rows. */
const keyText = (table: Table): string =>
  `${table.id} ${table.columns
    .filter((column) => column.pk)
    .map((column) => column.title)
    .join(' ')}`;

function useOpenModel(table: Table): GridModel {
  const identity = keyText(table);
  const [opened, setOpened] = useState(() => ({ identity, model: createModel(table.id, table.columns) }));
  let current = opened;
  if (opened.identity !== identity) {
    opened.model.close();
    current = { identity, model: createModel(table.id, table.columns) };
    setOpened(current);
  }
  const last = useRef(current.model);
  last.current = current.model;
  useEffect(() => () => last.current.close(), []);
  return current.model;
}

/**
 * The rows that a view shows. Whoever invalidates the records of the table makes
 * them be read again.
 */
export function useModel(table: Table, state: ViewState, people: readonly Person[]): GridModel {
  const client = useQueryClient();
  const model = useOpenModel(table);
  const viewId = state.view?.id;
  const { where, version } = state;
  model.context.people = people;
  model.context.serverFilled = state.columns
    .filter(({ column }) => changedByServer.has(fieldOf(column).type.name))
    .map(({ column }) => column.title);
  model.context.onStored = () => {
    void client.invalidateQueries({
      queryKey: keys.records(table.id),
      predicate: (query) => query.queryKey[2] !== 'rows',
    });
  };

  const pulse = useQuery({
    queryKey: [...keys.records(table.id), 'rows', viewId ?? null],
    queryFn: () => performance.now(),
    staleTime: 30_000,
  });
  const beat = pulse.data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: version and beat say that the same query has other answers
  useEffect(() => {
    if (beat !== undefined) model.ask({ viewId, where });
  }, [model, viewId, where, version, beat]);
  return model;
}

/** How many rows there are; undefined until the first have come. */
export const useTotal = (model: GridModel): number | undefined =>
  useSyncExternalStore(model.onRows, model.blocks.total);

/** Why the rows cannot be read, if so. */
export const useFailure = (model: GridModel): unknown => useSyncExternalStore(model.onRows, model.failure);
