/** API tokens as the wire sends them, as far as the interface reads them. */

export interface ListedToken {
  readonly id: number;
  readonly description: string | null;
  readonly enabled: boolean;
  readonly expiry: string | null;
  readonly token_hint: string;
  readonly fk_user_id: string;
  readonly created_by: string | null;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

/** What creating answers: the only time that the secret comes unasked. */
export interface CreatedToken {
  readonly id: number;
  readonly token: string;
}

export interface TokenWish {
  readonly description: string;
  readonly expires_at: string | null;
}
