/** 图斑: each with its area and what of it is treated; pointing at one marks it on the map, a click goes there. */
import { useQueryClient } from '@tanstack/react-query';
import type { MineSite } from '../../../geodata/contract/marking.ts';
import { fetchFeature } from '../../api/feature.ts';
import { formatArea, formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage, useWord } from '../../i18n/text.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLayer } from '../loaded-catalogue.ts';

const PATCH_LAYER = 'mine_patches';

export function SitePatches({ site }: { site: MineSite }) {
  const { site: texts } = useMarkingTexts();
  const language = useLanguage();
  const word = useWord();
  const client = useQueryClient();
  const layer = useLayer(PATCH_LAYER);
  const { setHover, requestView } = useAppState.getState();
  const kindWord = (kind: string | null) => {
    const field = layer?.definition.fields.find(({ name }) => name === 'patch_kind');
    const entry = field?.enum?.find(({ value }) => value === kind);
    return entry ? word(entry.title) : (kind ?? '');
  };
  const show = async (code: string) => {
    const key = { layerId: PATCH_LAYER, code };
    const feature = await client
      .fetchQuery({
        queryKey: ['feature', PATCH_LAYER, code],
        queryFn: ({ signal }) => fetchFeature(key, null, signal),
      })
      .catch(() => null);
    if (feature?.extent) requestView({ extent: feature.extent });
  };
  const hectares = (area: number | null) => (area === null ? '—' : formatArea(area, 'ha', language).value);
  if (site.patches.length === 0) return <p className="quiet">{texts.noPatches}</p>;
  return (
    <section className="site-part" aria-label={texts.patch}>
      <h3>{texts.patches(formatNumber(site.patches.length, language))}</h3>
      <table className="patch-table">
        <thead>
          <tr>
            <th scope="col">{texts.patch}</th>
            <th scope="col" className="figure">
              {texts.patchArea} ({formatArea(0, 'ha', language).unit})
            </th>
            <th scope="col" className="figure">
              {texts.patchTreated} ({formatArea(0, 'ha', language).unit})
            </th>
          </tr>
        </thead>
        <tbody>
          {site.patches.map((patch) => (
            <tr
              key={patch.code}
              onMouseEnter={() => setHover({ layerId: PATCH_LAYER, code: patch.code })}
              onMouseLeave={() => setHover(null)}
            >
              <th scope="row">
                <button
                  type="button"
                  className="patch-button"
                  aria-label={`…${patch.code.slice(-6)}: ${texts.showPatch(patch.code)}`}
                  title={patch.code}
                  onFocus={() => setHover({ layerId: PATCH_LAYER, code: patch.code })}
                  onBlur={() => setHover(null)}
                  onClick={() => void show(patch.code)}
                >
                  …{patch.code.slice(-6)}
                </button>{' '}
                <span className="quiet">{kindWord(patch.kind)}</span>
              </th>
              <td className="figure">
                {hectares(patch.declaredAreaSquareMeters ?? patch.measuredAreaSquareMeters)}
              </td>
              <td className="figure">{hectares(patch.treatedAreaSquareMeters)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
