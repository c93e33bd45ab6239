import type { MetaPaths } from '../parts/metaPaths.ts';

export const metaPaths: MetaPaths = {
  version: 'v2',
  meta: '/api/v2/meta',
  bases: '/api/v2/meta/bases',
  sources: 'sources',
};
