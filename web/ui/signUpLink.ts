/** The address at which an invited person signs up. The secret stands in the fragment, which no server sees. */
export const signUpLink = (inviteToken: string): string =>
  `${window.location.origin}/#/signup/${inviteToken}`;
