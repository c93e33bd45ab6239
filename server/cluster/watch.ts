import type { Invalidations } from '../core/ports.ts';
import type { Database } from '../db/engine.ts';

/** Milliseconds within which a commit of another process is noticed although nobody asks for anything. */
const interval = 1000;

/**
 * Looks once a second whether another process has committed: tells what it made
 * stale, then `changed`. Runs only between the call and the call of its result.
 * @param failed hears a look that failed; the next one tries again
 */
export function createWatch(
  database: Pick<Database, 'dataVersion'>,
  invalidations: Pick<Invalidations, 'catchUp'>,
  failed: (error: unknown) => void,
): (changed: () => void) => () => void {
  return (changed) => {
    let seen = database.dataVersion?.();
    const look = async (): Promise<void> => {
      const version = database.dataVersion?.();
      if (version !== undefined && version === seen) return;
      await invalidations.catchUp();
      seen = version;
      changed();
    };
    const timer = setInterval(() => void look().catch(failed), interval);
    timer.unref();
    return () => clearInterval(timer);
  };
}
