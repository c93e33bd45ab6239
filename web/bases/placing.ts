/** A place in a list: between the orders of its new neighbours. */
export function orderAt(orders: readonly number[], from: number, to: number): number {
  const others = orders.filter((_, index) => index !== from);
  const before = others[to - 1];
  const after = others[to];
  if (before === undefined) return (after ?? 1) - 1;
  return after === undefined ? before + 1 : (before + after) / 2;
}
