import { maxFilterDepth } from '../../core/query/limits.ts';
import type { FilterNode } from '../../core/query/request.ts';
import { classic } from './whereClassic.ts';
import {
  breakChain,
  type Chain,
  closeChain,
  type Grammar,
  isText,
  joinNodes,
  negateNode,
  notText,
  openBudget,
  openChain,
  skipBlanks,
  type TermBudget,
  tooDeep,
  tooMany,
} from './whereGrammar.ts';
import { quoted } from './whereQuoted.ts';

/**
 * Filter strings: `(field,operator,value)` joined by `~and`, `~or`, `~not` and
 * parentheses. The two grammars differ only in how one condition is written
 * and in how they complain, so the skeleton is read here for both: iteratively,
 * in one pass, in linear time.
 *
 * AND binds tighter than OR. `~not` may stand before any condition or group,
 * blanks between conditions, connectors and parentheses mean nothing.
 */

export type GrammarName = 'classic' | 'quoted';
const grammars: Readonly<Record<GrammarName, Grammar>> = { classic, quoted };

/** An open group. */
interface Frame {
  readonly not: boolean;
  readonly chain: Chain;
}

/** Whether the parenthesis at `position` holds conditions and is not a condition itself. */
function opensGroup(text: string, position: number): boolean {
  const inside = skipBlanks(text, position + 1);
  if (text[inside] === '(') return true;
  if (!text.startsWith('~not', inside)) return false;
  const after = skipBlanks(text, inside + 4);
  return text[after] === '(' || text.startsWith('~not', after);
}

/** Closes every group that ends here; stops before a connector or at the end of the text. */
function closeGroups(text: string, position: number, frames: Frame[], grammar: Grammar): number {
  let at = skipBlanks(text, position);
  while (text[at] === ')' && frames.length > 1) {
    const { chain, not } = frames.pop() as Frame;
    const node = closeChain(chain);
    frames.at(-1)?.chain.all.push(not ? negateNode(node) : node);
    at = skipBlanks(text, at + 1);
  }
  if (at === text.length && frames.length > 1) {
    throw grammar.refuse(text, at, 'close', 'A group is not closed: add a closing parenthesis.');
  }
  return at;
}

function readConnector(text: string, at: number, chain: Chain, grammar: Grammar): number {
  if (text.startsWith('~and', at)) return at + 4;
  if (text.startsWith('~or', at)) {
    breakChain(chain);
    return at + 3;
  }
  const hint =
    text[at] === ')'
      ? 'A closing parenthesis has no opening one.'
      : 'Conditions are joined by ~and or ~or, in lower case.';
  throw grammar.refuse(text, at, 'connector', hint);
}

function readFilter(text: string, start: number, grammar: Grammar, budget: TermBudget): FilterNode {
  const root: Frame = { not: false, chain: openChain() };
  const frames: Frame[] = [root];
  let at = start;
  for (;;) {
    let not = false;
    for (at = skipBlanks(text, at); text.startsWith('~not', at); at = skipBlanks(text, at + 4)) not = !not;
    if (text[at] !== '(')
      throw grammar.refuse(text, at, 'operand', 'A condition is written (field,operator,value).');
    if (opensGroup(text, at)) {
      if (frames.length > maxFilterDepth) throw grammar.refuseWhole(tooDeep);
      frames.push({ not, chain: openChain() });
      at += 1;
      continue;
    }
    budget.left -= 1;
    if (budget.left < 0) throw grammar.refuseWhole(tooMany);
    const { term, end } = grammar.readTerm(text, at);
    frames.at(-1)?.chain.all.push(not ? negateNode(term) : term);
    at = closeGroups(text, end, frames, grammar);
    if (at === text.length) return closeChain(root.chain);
    at = readConnector(text, at, (frames.at(-1) ?? root).chain, grammar);
  }
}

/**
 * One filter string to a tree; undefined when it is blank. In the classic
 * grammar a leading `@` chooses the quoted one for the rest.
 * Throws AppError 422: UNPROCESSABLE (classic) or INVALID_FILTER (quoted),
 * `details` with the position (UTF-16 units from 0) and, where it is not in the
 * message, a hint.
 */
export function parseWhere(
  text: string,
  name: GrammarName = 'classic',
  budget: TermBudget = openBudget(),
): FilterNode | undefined {
  const first = skipBlanks(text, 0);
  const asked = name === 'classic' && text[first] === '@';
  const grammar = asked ? quoted : grammars[name];
  const start = asked ? skipBlanks(text, first + 1) : first;
  if (start === text.length) return undefined;
  if (!isText(text)) throw grammar.refuseWhole(notText);
  return readFilter(text, start, grammar, budget);
}

/** A repeated parameter: every filter must hold. */
export function parseWheres(texts: readonly string[], name: GrammarName = 'classic'): FilterNode | undefined {
  const budget = openBudget();
  const nodes = texts.map((text) => parseWhere(text, name, budget)).filter((node) => node !== undefined);
  return nodes.length === 0 ? undefined : joinNodes('and', nodes);
}
