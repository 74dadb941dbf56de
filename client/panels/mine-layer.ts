/** The layer whose phases are the legend, whose rates are the figures. */
export const MINE_LAYER = 'mine_sites';
