export function BasePage({ baseId }: { baseId: string }) {
  return null;
}
