/** An editor at work through HTTP: reports a site or withdraws its report, from the version he sees, and sends photos. */
import { type MineSite, mineSiteSchema } from '../../geodata/contract/marking.ts';

/** What the service has said is done. `version`: of the site, after it. */
export type Acknowledged = {
  code: string;
  version: number;
  kind: 'report_submitted' | 'report_withdrawn';
  words: string | null;
};

export type MarkingEditor = {
  read(code: string): Promise<MineSite>;
  /** The next mark from `seen`; `stale` where somebody else was first. Throws where there is no clear answer. */
  mark(seen: MineSite, words: string): Promise<Acknowledged | 'stale'>;
  /** Hash of the stored photo. */
  sendPhoto(code: string, bytes: Buffer): Promise<string>;
};

export const periodOfMarks = '2025-09';

/** `ask`: how it asks, where that is watched. */
export function markingEditor(
  url: string,
  headers: Record<string, string>,
  ask: typeof fetch = fetch,
): MarkingEditor {
  return {
    async read(code) {
      const answer = await ask(`${url}/api/mine-sites/${code}?period=${periodOfMarks}`, { headers });
      return mineSiteSchema.parse(await jsonOf(answer));
    },
    async mark({ code, version, report }, words) {
      const withdraws = report?.state === 'submitted';
      const path = `${url}/api/mine-sites/${code}/reports/${periodOfMarks}`;
      const ifMatch = { ...headers, 'if-match': `"${version}"` };
      const answer = withdraws
        ? await ask(`${path}/withdrawal`, { method: 'POST', headers: ifMatch })
        : await ask(path, {
            method: 'PUT',
            headers: { ...ifMatch, 'content-type': 'application/json' },
            body: JSON.stringify({
              effectiveOn: `${periodOfMarks}-20`,
              answer: { noProgressReason: words },
            }),
          });
      if (answer.status === 412) {
        await answer.arrayBuffer();
        return 'stale';
      }
      const site = mineSiteSchema.parse(await jsonOf(answer));
      return withdraws
        ? { code, version: site.version, kind: 'report_withdrawn', words: null }
        : { code, version: site.version, kind: 'report_submitted', words };
    },
    async sendPhoto(code, bytes) {
      const form = new FormData();
      form.append('files', new File([new Uint8Array(bytes)], 'p.jpg'));
      form.append('moment', 'during');
      const answer = await ask(`${url}/api/mine-sites/${code}/attachments`, {
        method: 'POST',
        headers,
        body: form,
      });
      const { stored } = (await jsonOf(answer)) as { stored: { sha256: string }[] };
      const [photo] = stored;
      if (photo === undefined) throw new Error('the photo was refused');
      return photo.sha256;
    },
  };
}

async function jsonOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${text.slice(0, 400)}`);
  return JSON.parse(text);
}
