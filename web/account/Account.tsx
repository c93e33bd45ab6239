export function Account({ tab }: { tab: string }) {
  return null;
}
