/** A report or the state of a site as a flat list of fields, so that two versions can be laid side by side. Pure. */
import type { Answer, MineSite } from '../../../geodata/contract/marking.ts';

/** Values by the path of the field in the answer; lists as one text. */
export type SiteValues = Record<string, string | number>;

/** Every field the answer fills, nested ones by their path: `investment.toDate`, `patches.CT01`. */
export function valuesOfAnswer(answer: Answer): SiteValues {
  const values: SiteValues = {};
  const put = (path: string, value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') values[path] = value;
    else if (Array.isArray(value)) values[path] = value.join(',');
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) put(path === '' ? name : `${path}.${name}`, inner);
    }
  };
  put('', answer);
  return values;
}

/** What stands for the month: its report where there is one, over the state of the site. */
export function valuesOfSite(site: MineSite): SiteValues {
  const { state, report } = site;
  const standing: SiteValues = {
    status: state.status,
    ...(state.progressPercent === null ? {} : { progressPercent: state.progressPercent }),
    ...(state.treatedAreaSquareMeters === null
      ? {}
      : { treatedToDateSquareMeters: state.treatedAreaSquareMeters }),
  };
  const isLive = report !== null && report.state !== 'withdrawn';
  return isLive
    ? { ...standing, ...valuesOfAnswer(report.answer), effectiveOn: report.effectiveOn }
    : standing;
}

/** The answer that says what the values say. The inverse of valuesOfAnswer. */
export function answerOfValues(values: SiteValues): Answer {
  const root: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    if (path === 'effectiveOn') continue;
    // Codes of patches may hold points; only the first names the group.
    const parts = path.startsWith('patches.') ? ['patches', path.slice('patches.'.length)] : path.split('.');
    const last = parts.pop() ?? '';
    let at = root;
    for (const part of parts) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[last] = path === 'issueKinds' ? String(value).split(',').filter(Boolean) : value;
  }
  return root as Answer;
}
