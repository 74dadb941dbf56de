/**
 * Names for statements that come again and again, so that each connection parses and plans them once. How many
 * texts there are depends on the layers: only a text seen before gets a name, and only so many do, because
 * what a connection keeps it keeps until it ends.
 */

const mostNames = 200;
const mostSeen = 1_000;

/** Gives a text its name from the second time on; undefined the first time, and when there are enough. */
export function createStatementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostNames) return known;
    if (seen.has(text)) {
      seen.delete(text);
      const name = `s${names.size + 1}`;
      names.set(text, name);
      return name;
    }
    seen.add(text);
    const [oldest] = seen;
    if (seen.size > mostSeen && oldest !== undefined) seen.delete(oldest);
    return undefined;
  };
}
