/** What is said about the data beside its rows: as of when, how classified, called what, from whom. Pure. */
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import type { Classification, ImportSettings, Inspection } from '../../../geodata/contract/imports.ts';
import { inheritedClassification } from './import-effects.ts';

export type AboutData = {
  asOf: string;
  classification: Classification | null;
  title: string;
  source: string;
};

/** As decided before; else the day of the newest file, and the classification of the official data that stands there. */
export function aboutOf(
  settings: ImportSettings,
  { fileDay }: Pick<Inspection, 'fileDay'>,
  layer: Pick<CatalogueLayer, 'datasets'> | undefined,
): AboutData {
  return {
    asOf: settings.asOf ?? fileDay,
    classification: settings.classification ?? (layer ? inheritedClassification(layer) : null),
    title: settings.title ?? '',
    source: settings.source ?? '',
  };
}

/** A day left as the file suggests is not sent: the report then says that it was assumed. */
export function settingsOf(
  about: AboutData,
  { fileDay }: Pick<Inspection, 'fileDay'>,
  skipRejected: boolean,
): ImportSettings {
  const [title, source] = [about.title.trim(), about.source.trim()];
  return {
    ...(about.asOf === fileDay || about.asOf === '' ? {} : { asOf: about.asOf }),
    ...(about.classification === null ? {} : { classification: about.classification }),
    ...(title === '' ? {} : { title }),
    ...(source === '' ? {} : { source }),
    skipRejected,
  };
}
