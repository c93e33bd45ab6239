import type { ImageWindowLoader } from '@glideapps/glide-data-grid';

/** No cell of ours shows a picture: nothing is ever fetched from an address in a cell. */
export const imageLoader: ImageWindowLoader = {
  setWindow: () => undefined,
  loadOrGetImage: () => undefined,
  setCallback: () => undefined,
};
