export function Team({ baseId, tab }: { baseId: string; tab: string }) {
  return null;
}
