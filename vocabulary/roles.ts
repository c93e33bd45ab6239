/** Roles in an instance, strongest first. */
export const orgRoles = ['super', 'creator', 'viewer'] as const;
export type OrgRole = (typeof orgRoles)[number];

/** The wire's words for them. */
export const orgRoleWords: Record<OrgRole, string> = {
  super: 'super',
  creator: 'org-level-creator',
  viewer: 'org-level-viewer',
};

/** Roles in a base, strongest first. */
export const baseRoles = ['owner', 'creator', 'editor', 'commenter', 'viewer', 'no-access'] as const;
export type BaseRole = (typeof baseRoles)[number];

const strength = (role: BaseRole): number => baseRoles.length - baseRoles.indexOf(role);

/** Whether `role` may do what `needed` may. */
export const atLeast = (role: BaseRole, needed: BaseRole): boolean => strength(role) >= strength(needed);

export const isBaseRole = (word: unknown): word is BaseRole =>
  (baseRoles as readonly unknown[]).includes(word);
