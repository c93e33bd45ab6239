const editor = import.meta.glob(
  '../../node_modules/@glideapps/glide-data-grid/dist/esm/internal/data-grid-overlay-editor/data-grid-overlay-editor.js',
  { exhaustive: true },
);

/** The grid's editor is a chunk of its own: without it in memory, fast typing right after loading is lost. */
export async function preloadEditor(): Promise<void> {
  await Promise.all(Object.values(editor).map((load) => load()));
}
