/** Hands bytes to the browser as a download. */
export function saveFile(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun by the next turn; then the bytes may go.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
