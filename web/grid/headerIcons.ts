import type { SpriteMap } from '@glideapps/glide-data-grid';
import { typePaths, unknownTypePath } from '../ui/typePaths.ts';

const draw = (path: string) => (colors: { readonly bgColor: string }) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="-2 -2 28 28" fill="none" stroke="${colors.bgColor}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`;

/** The icons of column types as the grid draws them. */
export const headerIcons = {
  ...Object.fromEntries(Object.entries(typePaths).map(([type, path]) => [type, draw(path)])),
  unknown: draw(unknownTypePath),
} as SpriteMap;

export const headerIconOf = (uidt: string): string => (uidt in typePaths ? uidt : 'unknown');
