/** Where things stand in a workbook, for who writes and who reads it. */
export const headerRow = 3;
export const firstRow = 4;

/** The hidden sheet: what the workbook is, then a code and its version in each row. */
export const metaSheet = 'lantu';
export const formatName = 'lantu-workbook';
export const formatVersion = 1;
export const metaRows = { format: 1, unit: 2, period: 3, language: 4, day: 5, firstSite: 6 } as const;

/** Days a cell may hold. */
export const firstDay = '1949-10-01';
export const lastDay = '2099-12-31';
