import { typePaths, unknownTypePath } from './typePaths.ts';

/** The icon of a column type; the words beside it say the same. */
export function TypeIcon({ type, size = 16 }: { type: string; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flexShrink: 0 }}
    >
      <path d={typePaths[type] ?? unknownTypePath} />
    </svg>
  );
}
