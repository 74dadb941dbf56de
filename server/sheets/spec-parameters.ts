/** The parameters of a sheet in an address: the spec as JSON, format and resolution. */
import {
  type SheetFormat,
  type SheetSpec,
  sheetDpi,
  sheetFormats,
  sheetSpecSchema,
} from '../../geodata/contract/sheets.ts';
import { BadRequestError } from '../errors.ts';
import { checkShape } from '../http/json-body.ts';

type Parameters = ReadonlyMap<string, string>;

/** Throws BadRequestError for no spec or no JSON, UnprocessableError naming the property that is not as it should be. */
export function parseSpec(parameters: Parameters): SheetSpec {
  const text = parameters.get('spec');
  let value: unknown;
  try {
    if (text === undefined || !text.isWellFormed()) throw new SyntaxError();
    value = JSON.parse(text);
  } catch {
    throw new BadRequestError(
      {
        zh: 'spec 应为图幅设置的 JSON,例如 {"template":"city","area":{"kind":"region"}}。',
        en: 'spec is the sheet as JSON, such as {"template":"city","area":{"kind":"region"}}.',
      },
      { field: 'spec' },
    );
  }
  return checkShape(value, sheetSpecSchema);
}

/** SVG where nothing is said. */
export function parseFormat(parameters: Parameters): SheetFormat {
  const text = parameters.get('format') ?? 'svg';
  const found = sheetFormats.find((format) => format === text);
  if (found !== undefined) return found;
  throw new BadRequestError(
    {
      zh: `format 应为下列之一:${sheetFormats.join('、')}。`,
      en: `format is one of: ${sheetFormats.join(', ')}.`,
    },
    { field: 'format' },
  );
}

export function parseDpi(parameters: Parameters): number {
  const text = parameters.get('dpi') ?? String(sheetDpi.usual);
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (value >= sheetDpi.least && value <= sheetDpi.most) return value;
  throw new BadRequestError(
    {
      zh: `dpi 应为 ${sheetDpi.least} 到 ${sheetDpi.most} 的整数。`,
      en: `dpi is a whole number from ${sheetDpi.least} to ${sheetDpi.most}.`,
    },
    { field: 'dpi' },
  );
}

export function parsePreview(parameters: Parameters, format: SheetFormat): boolean {
  const text = parameters.get('preview') ?? 'false';
  if (text === 'false') return false;
  if (text === 'true' && format === 'svg') return true;
  throw new BadRequestError(
    {
      zh: 'preview 应为 true 或 false;只有 svg 可以预览。',
      en: 'preview is true or false, and only SVG has one.',
    },
    { field: 'preview' },
  );
}
