/** Everything that was asked and answered, with times of one clock, and what must never be among it. */

export interface Answered {
  readonly credential: string;
  readonly write: boolean;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly url: string;
  /** 0: no answer arrived. */
  readonly status: number;
  readonly body: string;
}

/** From when on a credential must be refused: when the call that took its right away was answered. */
export interface Death {
  readonly credential: string;
  readonly at: number;
  /** all: every use; write: changes only. */
  readonly of: 'all' | 'write';
  readonly by: string;
  /** How long the call took, milliseconds. */
  readonly took: number;
}

/** Uses of a credential that were sent after its death and accepted all the same. */
export function findAcceptedDead(answers: readonly Answered[], deaths: readonly Death[]): string[] {
  const found: string[] = [];
  for (const death of deaths) {
    for (const answer of answers) {
      if (answer.credential !== death.credential || answer.sentAt <= death.at) continue;
      if (death.of === 'write' && !answer.write) continue;
      if (answer.status < 200 || answer.status >= 300) continue;
      found.push(
        `${death.by}: ${answer.write ? 'write' : 'read'} accepted by ${answer.url} although sent ${(answer.sentAt - death.at).toFixed(1)} ms after`,
      );
    }
  }
  return found;
}

const clean = new Set([200, 201, 400, 401, 403, 404, 409, 422, 429, 503]);

/** Answers that no caller should ever see: a 500, a page that is no JSON, a stack or SQL. */
export function findUnclean(answers: readonly Answered[]): string[] {
  return answers
    .filter(({ status }) => status !== 0)
    .filter(({ status, body }) => {
      if (!clean.has(status)) return true;
      if (status < 400) return false;
      return !/^\{.*\}$/s.test(body) || /\bat .*\.(ts|js):\d|select |insert into/i.test(body);
    })
    .map(({ status, body, url }) => `${status} from ${url}: ${body.slice(0, 200)}`);
}

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
