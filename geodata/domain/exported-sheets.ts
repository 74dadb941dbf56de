/** Sheets that exports lay beside the data: they explain it and are no data themselves, so an import passes them over. */

/** Beside a shapefile in its zip: the full names of its fields. */
export const fieldNameSheet = '字段名对照.csv';

/** Second sheet of a workbook: what the data is. */
export const aboutSheet = '说明';
