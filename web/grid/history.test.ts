import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistory } from './history.ts';

/** A number that steps add to. */
function counter() {
  const state = { value: 0 };
  const step = (by: number) => ({
    label: String(by),
    undo: async () => {
      state.value -= by;
    },
    redo: async () => {
      state.value += by;
    },
  });
  return { state, step };
}

describe('history', () => {
  it('behaves like a list with a place in it', async () => {
    const commands = fc.array(
      fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant('undo' as const), fc.constant('redo' as const)),
    );
    await fc.assert(
      fc.asyncProperty(commands, async (list) => {
        const { state, step } = counter();
        const history = createHistory();
        let steps: number[] = [];
        let place = 0;
        for (const command of list) {
          if (typeof command === 'number') {
            state.value += command;
            history.push(step(command));
            steps = [...steps.slice(0, place), command];
            place += 1;
          } else if (command === 'undo') {
            expect((await history.undo()) === undefined).toBe(place === 0);
            place = Math.max(0, place - 1);
          } else {
            expect((await history.redo()) === undefined).toBe(place === steps.length);
            place = Math.min(steps.length, place + 1);
          }
          expect(state.value).toBe(steps.slice(0, place).reduce((sum, by) => sum + by, 0));
          expect(history.canUndo()).toBe(place > 0);
          expect(history.canRedo()).toBe(place < steps.length);
        }
      }),
    );
  });

  it('takes steps back one after the other, however quickly they are asked for', async () => {
    const { state, step } = counter();
    const history = createHistory();
    for (const by of [1, 10, 100]) {
      state.value += by;
      history.push(step(by));
    }
    await Promise.all([history.undo(), history.undo()]);
    expect(state.value).toBe(1);
    await Promise.all([history.redo(), history.undo(), history.undo()]);
    expect(state.value).toBe(0);
  });

  it('takes back a change that is still on its way, not the one before it', async () => {
    const { state, step } = counter();
    const history = createHistory();
    state.value += 1;
    history.push(step(1));
    let answered: () => void = () => undefined;
    const onItsWay = history.follow(async () => {
      state.value += 10;
      await new Promise<void>((resolve) => {
        answered = resolve;
      });
      history.push(step(10));
    });
    const undone = [history.undo(), history.undo()];
    answered();
    await Promise.all([onItsWay, ...undone]);
    expect(state.value).toBe(0);
    await history.redo();
    expect(state.value).toBe(1);
  });

  it('forgets a step that is refused, and the oldest beyond its limit', async () => {
    const history = createHistory(2);
    const refused = { label: 'x', undo: () => Promise.reject(new Error('no')), redo: async () => undefined };
    const { state, step } = counter();
    history.push(step(1));
    history.push(step(2));
    history.push(refused);
    await expect(history.undo()).rejects.toThrow('no');
    await history.undo();
    expect(state.value).toBe(-2);
    expect(history.canUndo()).toBe(false);
  });
});
