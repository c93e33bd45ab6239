export function AuthPages() {
  return null;
}
