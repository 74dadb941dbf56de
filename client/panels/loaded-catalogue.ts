/** The catalogue handed down once it has been read: panels below it need no loading state of their own. */
import { createContext, useContext, useMemo } from 'react';
import type { CatalogueLayer, CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import { useLanguage } from '../i18n/text.ts';

export const LoadedCatalogue = createContext<CatalogueResponse | null>(null);

/** Throws outside the screen that has loaded it. */
export function useLoadedCatalogue(): CatalogueResponse {
  const catalogue = useContext(LoadedCatalogue);
  if (catalogue === null) throw new Error('the catalogue has not been loaded here');
  return catalogue;
}

export function useLayer(layerId: string): CatalogueLayer | undefined {
  return useLoadedCatalogue().layers.find(({ definition }) => definition.id === layerId);
}

/** Reads a county code as its name; an unknown code as itself. */
export function useCountyName(): (adcode: string) => string {
  const { region } = useLoadedCatalogue();
  const language = useLanguage();
  return useMemo(() => {
    const names = new Map(
      region.counties.map(({ adcode, name, nameEn }) => [adcode, language === 'zh-CN' ? name : nameEn]),
    );
    return (adcode) => names.get(adcode) ?? adcode;
  }, [region, language]);
}
