/** 治理面积: this month and to date in the unit one thinks in, and by patch where one wants. */
import { Button, Segmented } from 'antd';
import { formatNumber } from '../../i18n/format.ts';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useLanguage } from '../../i18n/text.ts';
import type { Draft } from './draft.ts';
import { readHectares } from './field-words.ts';
import { useMarkingContext } from './marking-context.ts';
import { NumberField } from './number-field.tsx';
import { readArea, retypeArea, type TypedAreaUnit, typeArea, typedAreaUnits } from './quantities.ts';

export function AreaFields() {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const { site, draft, change } = useMarkingContext();
  const { areaUnit } = draft;
  const before = site.state.treatedAreaSquareMeters;
  const previous = site.previous?.answer.treatedThisPeriodSquareMeters;
  const unit = texts.form.areaUnits[areaUnit];
  const inWords = (area: number | null | undefined) =>
    area === null || area === undefined ? '—' : readHectares(area, language);
  const squareMeters = (text: string) => {
    const typed = readArea(text, areaUnit);
    if (typed.is !== 'number' || areaUnit === 'm2') return undefined;
    return texts.form.squareMeters(formatNumber(typed.value, language, 2));
  };
  return (
    <>
      <Segmented
        className="area-unit"
        aria-label={texts.form.areaUnit}
        size="small"
        value={areaUnit}
        options={typedAreaUnits.map((value) => ({ value, label: texts.form.areaUnits[value] }))}
        onChange={(next) => change(inUnit(draft, next))}
      />
      <NumberField
        field="answer.treatedThisPeriodSquareMeters"
        title={texts.fields.treatedThisPeriodSquareMeters}
        unit={unit}
        value={draft.treatedThisPeriod}
        previous={texts.form.lastMonth(inWords(previous))}
        hint={squareMeters(draft.treatedThisPeriod)}
        change={(treatedThisPeriod) =>
          change({ treatedThisPeriod, ...followedBy(draft, treatedThisPeriod, before) })
        }
      />
      <NumberField
        field="answer.treatedToDateSquareMeters"
        title={texts.fields.treatedToDateSquareMeters}
        unit={unit}
        value={draft.treatedToDate}
        previous={texts.form.lastMonth(inWords(before))}
        hint={squareMeters(draft.treatedToDate)}
        change={(treatedToDate) => change({ treatedToDate })}
      />
      {site.patches.length > 1 && <PatchAreas unit={unit} />}
    </>
  );
}

/** The same areas in another unit. */
export function inUnit(draft: Draft, areaUnit: TypedAreaUnit): Partial<Draft> {
  const retype = (text: string) => retypeArea(text, draft.areaUnit, areaUnit);
  return {
    areaUnit,
    treatedThisPeriod: retype(draft.treatedThisPeriod),
    treatedToDate: retype(draft.treatedToDate),
    patches: Object.fromEntries(Object.entries(draft.patches).map(([code, text]) => [code, retype(text)])),
  };
}

/** 累计 follows 本月新增 as long as it says nothing else than the sum of before. */
export function followedBy(draft: Draft, thisPeriod: string, before: number | null): Partial<Draft> {
  const added = readArea(draft.treatedThisPeriod, draft.areaUnit);
  const toDate = readArea(draft.treatedToDate, draft.areaUnit);
  const sumBefore = (before ?? 0) + (added.is === 'number' ? added.value : 0);
  const follows = toDate.is === 'empty' || (toDate.is === 'number' && Math.abs(toDate.value - sumBefore) < 1);
  const next = readArea(thisPeriod, draft.areaUnit);
  if (!follows || next.is === 'invalid') return {};
  if (next.is === 'empty') return { treatedToDate: '' };
  return { treatedToDate: typeArea((before ?? 0) + next.value, draft.areaUnit) };
}

function PatchAreas({ unit }: { unit: string }) {
  const texts = useMarkingTexts();
  const language = useLanguage();
  const { site, draft, change } = useMarkingContext();
  const typed = site.patches.map(({ code }) => readArea(draft.patches[code] ?? '', draft.areaUnit));
  const isFilled = typed.some(({ is }) => is !== 'empty');
  const isWhole = typed.every(({ is }) => is === 'number');
  const sum = typed.reduce((total, each) => total + (each.is === 'number' ? each.value : 0), 0);
  return (
    <details className="mark-more" open={isFilled || undefined}>
      <summary>{texts.form.byPatch}</summary>
      {site.patches.map(({ code, treatedAreaSquareMeters }) => (
        <NumberField
          key={code}
          field={`answer.patches.${code}`}
          title={texts.fields.patches(code.slice(-6))}
          unit={unit}
          value={draft.patches[code] ?? ''}
          previous={texts.form.lastMonth(
            treatedAreaSquareMeters === null ? '—' : readHectares(treatedAreaSquareMeters, language),
          )}
          change={(text) => change({ patches: { ...draft.patches, [code]: text } })}
        />
      ))}
      {isFilled && (
        <p className="patch-sum">
          <span className="figure-left">{texts.form.patchSum(readHectares(sum, language))}</span>
          <Button
            size="small"
            disabled={!isWhole}
            onClick={() => change({ treatedToDate: typeArea(sum, draft.areaUnit) })}
          >
            {texts.form.useSum}
          </Button>
        </p>
      )}
    </details>
  );
}
