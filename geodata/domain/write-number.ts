/** Numbers with thousands separators, as screen and sheets write them. */

/** By language and decimals; making one takes far longer than using it. */
const formats = new Map<string, Intl.NumberFormat>();

/** `1,234.5`: between `minimum` and `maximum` decimals. */
export function writeNumber(
  value: number,
  language: 'zh-CN' | 'en',
  minimum: number,
  maximum: number,
): string {
  const key = `${language} ${minimum} ${maximum}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: minimum,
      maximumFractionDigits: maximum,
    });
    formats.set(key, format);
  }
  return format.format(value);
}
