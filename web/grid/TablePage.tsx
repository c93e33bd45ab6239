export function TablePage({
  baseId,
  tableId,
  viewId,
}: {
  baseId: string;
  tableId: string;
  viewId: string | undefined;
}) {
  return null;
}
