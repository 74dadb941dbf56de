/** The line a print leaves in the audit (操作日志). */
import type { SheetOrder, SheetSeries, SheetSpec } from '../../../geodata/contract/sheets.ts';
import type { AuditRecord } from '../../audit/record-audit.ts';
import type { SheetOrderer } from './sheet-orderer.ts';

export function auditOfSheet(
  { actor }: SheetOrderer,
  print: {
    spec: SheetSpec;
    series?: SheetSeries;
    format: SheetOrder['format'];
    dpi: number;
    pages: number;
    scale: number | null;
    layers: readonly string[];
  },
): AuditRecord {
  const { spec, series, format, dpi, pages, scale, layers } = print;
  const { template, paper, area, classification, overrideReason, slots, asOf, language } = spec;
  return {
    actor,
    action: 'sheet.print',
    subject: template,
    detail: {
      ...(series === undefined ? { area } : { series }),
      ...(scale === null ? {} : { scale }),
      ...(format === 'png' ? { dpi } : {}),
      ...(asOf === undefined ? {} : { asOf }),
      ...(slots.title === undefined ? {} : { title: slots.title }),
      ...(slots.mapNumber === undefined ? {} : { mapNumber: slots.mapNumber }),
      ...(overrideReason === undefined ? {} : { overrideReason }),
      paper,
      layers,
      format,
      pages,
      classification,
      language,
    },
  };
}
