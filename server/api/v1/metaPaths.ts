import type { MetaPaths } from '../parts/metaPaths.ts';

export const metaPaths: MetaPaths = {
  version: 'v1',
  meta: '/api/v1/db/meta',
  bases: '/api/v1/db/meta/projects',
  sources: 'bases',
};
