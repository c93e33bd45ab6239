/** What the wire sends, as far as the interface reads it. */

export interface Me {
  readonly id: string;
  readonly email: string;
  readonly display_name: string | null;
  readonly roles: Readonly<Record<string, boolean>>;
  readonly base_roles: Readonly<Record<string, boolean>> | null;
}

export interface Base {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly color: string | null;
  readonly order: number | null;
  readonly meta: unknown;
}

export interface TableSummary {
  readonly id: string;
  readonly base_id: string;
  readonly title: string;
  readonly order: number | null;
  readonly meta: unknown;
  readonly description: string | null;
}

export interface ChoiceOption {
  readonly id?: string;
  readonly title: string;
  readonly color?: string;
}

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly column_name: string;
  readonly uidt: string;
  readonly pk: boolean;
  readonly pv: boolean;
  readonly ai: boolean;
  readonly rqd: boolean;
  readonly unique: boolean;
  readonly system: boolean;
  readonly readonly: boolean | null;
  readonly order: number;
  readonly cdf: string | null;
  readonly description: string | null;
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly colOptions?: { readonly options?: readonly ChoiceOption[] };
}

export interface View {
  readonly id: string;
  readonly title: string;
  readonly type: number;
  readonly is_default: boolean;
  readonly lock_type: 'collaborative' | 'locked' | 'personal';
  readonly show_system_fields: boolean;
  readonly order: number;
  readonly owned_by?: string | null;
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly view?: Readonly<Record<string, unknown>>;
}

export interface Table extends TableSummary {
  readonly columns: readonly Column[];
  readonly views: readonly View[];
  readonly columnsHash: string;
}

export type CellValue = unknown;
export type Row = Readonly<Record<string, CellValue>>;

export interface PageInfo {
  readonly totalRows: number;
  readonly page?: number;
  readonly pageSize: number;
  readonly isFirstPage: boolean;
  readonly isLastPage: boolean;
}

export interface Page {
  readonly list: readonly Row[];
  readonly pageInfo: PageInfo;
}
