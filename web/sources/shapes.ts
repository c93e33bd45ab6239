/** What the wire says of existing databases. */

export interface Source {
  readonly id: string;
  readonly alias: string | null;
  readonly type: string;
  readonly is_local: boolean;
  readonly is_data_readonly: boolean;
}

export interface ForeignTable {
  readonly name: string;
  readonly type: 'table' | 'view';
  readonly description: string | null;
  readonly columns: number;
}

export interface ForeignTables {
  readonly schemas: readonly string[];
  readonly tables: readonly ForeignTable[];
  readonly notes: readonly string[];
}

export interface TableChanges {
  readonly table_name: string;
  readonly title: string | null;
  readonly detectedChanges: readonly { readonly type: string; readonly msg: string; readonly cn?: string }[];
}

export type Client = 'pg' | 'mysql2' | 'sqlite3';

/** off; checked: the certificate must be known; unchecked: any certificate is taken. */
export type TlsMode = 'off' | 'checked' | 'unchecked';

/** What a person fills in. */
export interface Connection {
  readonly alias: string;
  readonly client: Client;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: TlsMode;
  readonly ca: string;
  readonly filename: string;
  readonly readOnly: boolean;
}

export const emptyConnection: Connection = {
  alias: '',
  client: 'pg',
  host: '',
  port: '',
  database: '',
  user: '',
  password: '',
  tls: 'off',
  ca: '',
  filename: '',
  readOnly: true,
};

export const usualPorts: Readonly<Record<Client, string>> = { pg: '5432', mysql2: '3306', sqlite3: '' };

/** As the server reads it. */
export function configOf(connection: Connection, schema: string | undefined) {
  const { client, host, port, database, user, password, tls, ca, filename } = connection;
  if (client === 'sqlite3') return { client, connection: { filename } };
  const ssl = tls !== 'off' && {
    rejectUnauthorized: tls === 'checked',
    ...(ca.trim() !== '' && { ca: ca.trim() }),
  };
  const place = { host, port: port || usualPorts[client], database, user, password, ssl };
  return { client, connection: place, ...(schema !== undefined && { searchPath: [schema] }) };
}

/** What stands for a connection without a name. */
export const nameOf = ({ alias, client, database, filename }: Connection): string =>
  (alias.trim() || (client === 'sqlite3' ? filename : database).trim()).slice(0, 50);
