/**
 * After something that had the focus vanished, the keyboard goes on in the
 * content of the page and not at its very beginning. Elsewhere it stays.
 */
export function focusContent(): void {
  requestAnimationFrame(() => {
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body)
      document.getElementById('content')?.focus({ preventScroll: true });
  });
}
