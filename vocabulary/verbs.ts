import type { BaseRole, OrgRole } from './roles.ts';

/**
 * Every right there is, with the weakest role that holds it. The words are the
 * permission names of the wire, so that a refusal names what a client knows.
 */
export const baseVerbs = {
  baseGet: 'viewer',
  tableList: 'viewer',
  tableGet: 'viewer',
  columnGet: 'viewer',
  columnsHash: 'viewer',
  viewList: 'viewer',
  viewColumnList: 'viewer',
  dataList: 'viewer',
  dataRead: 'viewer',
  dataCount: 'viewer',
  dataExist: 'viewer',
  dataAggregate: 'viewer',
  dataGroupBy: 'viewer',
  dataExport: 'viewer',
  swaggerJson: 'viewer',
  baseUserList: 'viewer',
  jobList: 'viewer',
  baseUserMetaUpdate: 'viewer',
  dataInsert: 'editor',
  dataUpdate: 'editor',
  dataDelete: 'editor',
  baseUpdate: 'creator',
  tableCreate: 'creator',
  tableUpdate: 'creator',
  tableDelete: 'creator',
  tableReorder: 'creator',
  columnAdd: 'creator',
  columnUpdate: 'creator',
  columnDelete: 'creator',
  columnSetAsPrimary: 'creator',
  columnBulk: 'creator',
  dataImport: 'creator',
  userInvite: 'creator',
  baseUserUpdate: 'creator',
  baseUserDelete: 'creator',
  baseUserInviteResend: 'creator',
  baseApiTokenList: 'creator',
  baseApiTokenCreate: 'creator',
  baseApiTokenDelete: 'creator',
  baseDelete: 'owner',
} as const satisfies Record<string, BaseRole>;

export const instanceVerbs = {
  baseList: 'viewer',
  me: 'viewer',
  openApi: 'viewer',
  apiTokenList: 'viewer',
  apiTokenCreate: 'viewer',
  apiTokenDelete: 'viewer',
  apiTokenReveal: 'viewer',
  passwordChange: 'viewer',
  profileUpdate: 'viewer',
  sessionList: 'viewer',
  sessionDelete: 'viewer',
  signOut: 'viewer',
  baseCreate: 'creator',
  userList: 'super',
  userAdd: 'super',
  userUpdate: 'super',
  userDelete: 'super',
  userResetUrl: 'super',
  appSettingsGet: 'super',
  appSettingsSet: 'super',
} as const satisfies Record<string, OrgRole>;

export type BaseVerb = keyof typeof baseVerbs;
export type InstanceVerb = keyof typeof instanceVerbs;
export type Verb = BaseVerb | InstanceVerb;
