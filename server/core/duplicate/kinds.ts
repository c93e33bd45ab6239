/** The wire's words for the jobs that duplicate something. */
export const duplicateBaseJob = 'duplicate-base';
export const duplicateTableJob = 'duplicate-model';
export const duplicateColumnJob = 'duplicate-column';

export interface DuplicateOptions {
  /** Wish for the title of the copy. */
  readonly title?: string | undefined;
  /** Without records. */
  readonly excludeData?: boolean | undefined;
  /** With one plain grid instead of the views. */
  readonly excludeViews?: boolean | undefined;
}
