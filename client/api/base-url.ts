/**
 * The absolute address of a path of the service, whatever base path it is served under.
 * `path` has no leading slash: `api/catalogue`, `ogc/collections/mine_sites/items`.
 */
export function serviceUrl(path: string, query: Record<string, string> = {}): string {
  const url = new URL(path, document.baseURI);
  url.hash = '';
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
