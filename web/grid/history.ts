/** What can be taken back, and done again. */

export interface Step {
  /** What it was, for a message. */
  readonly label: string;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

export interface History {
  /** A new step; what was taken back before cannot be done again. */
  readonly push: (step: Step) => void;
  /** Runs a change that ends with a step: whoever undoes meanwhile waits for it. Changes do not wait for each other. */
  readonly follow: <T>(change: () => Promise<T>) => Promise<T>;
  /** Takes the last step back; undefined when there is none. A refused step is forgotten, and its error thrown. */
  readonly undo: () => Promise<Step | undefined>;
  readonly redo: () => Promise<Step | undefined>;
  readonly canUndo: () => boolean;
  readonly canRedo: () => boolean;
  readonly clear: () => void;
}

/** Steps of one table on this screen; the oldest beyond `limit` are forgotten. */
export function createHistory(limit = 100): History {
  const done: Step[] = [];
  const undone: Step[] = [];
  // One after the other: the second of two quick undos must see what the first did.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  async function shift(from: Step[], to: Step[], run: 'undo' | 'redo'): Promise<Step | undefined> {
    const step = from.pop();
    if (step === undefined) return undefined;
    await step[run]();
    to.push(step);
    return step;
  }
  return {
    push: (step) => {
      done.push(step);
      if (done.length > limit) done.shift();
      undone.length = 0;
    },
    follow: (change) => {
      const result = change();
      const before = turn;
      turn = Promise.allSettled([before, result]);
      return result;
    },
    undo: () => inTurn(() => shift(done, undone, 'undo')),
    redo: () => inTurn(() => shift(undone, done, 'redo')),
    canUndo: () => done.length > 0,
    canRedo: () => undone.length > 0,
    clear: () => {
      done.length = 0;
      undone.length = 0;
    },
  };
}
