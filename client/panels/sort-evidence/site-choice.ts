/** Sites a file can be given by hand: those of the account's units, by name and code. */
import { useMemo } from 'react';
import { scopedRoleIds } from '../../../geodata/contract/session.ts';
import { type FeatureRow, useFeatureRows } from '../../api/feature-rows.ts';
import { useAccount } from '../../api/session.ts';
import { MINE_LAYER } from '../mine-layer.ts';

export type SiteOption = { value: string; label: string };

export function useSiteOptions(options: { enabled: boolean }): SiteOption[] {
  const account = useAccount();
  const { data } = useFeatureRows(MINE_LAYER, { enabled: options.enabled });
  return useMemo(() => {
    const isScoped = scopedRoleIds.some((role) => role === account.role);
    const units = isScoped && account.role !== 'anonymous' ? new Set(account.units) : null;
    return (data?.rows ?? []).filter((row) => units === null || units.has(unitOf(row))).map(optionOf);
  }, [data, account]);
}

/** A site without a unit of its own is reported by its county. */
function unitOf({ properties }: FeatureRow): string {
  return String(properties.reporting_unit ?? properties.county_adcode ?? '');
}

function optionOf({ code, properties }: FeatureRow): SiteOption {
  return { value: code, label: `${String(properties.name ?? '')} ${code}`.trim() };
}
