let opener: HTMLElement | undefined;

/** The button of the menu that an item belongs to, or the element itself. */
function lastingElement(element: Element | null): HTMLElement | undefined {
  const menu = element?.closest('[role="menu"]');
  const button = menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  const found = button ?? element;
  return found instanceof HTMLElement && found !== document.body ? found : undefined;
}

/** Remembers what has the focus when a dialog opens; of a menu, which will be gone, its button. */
export function rememberOpener(): void {
  opener = lastingElement(document.activeElement);
}

/** Gives the focus back when the dialog has closed, unless it went somewhere on purpose. */
export function focusOpener(): void {
  const target = opener;
  opener = undefined;
  setTimeout(() => {
    const active = document.activeElement;
    if (target?.isConnected && (active === null || active === document.body)) target.focus();
  });
}
