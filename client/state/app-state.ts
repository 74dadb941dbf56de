/**
 * The one state the screen is a function of, and the only ways to change it. Panels and the map read
 * it and call its actions; neither knows the other. What belongs in a link is written by url.ts.
 */
import { create } from 'zustand';
import type { FigureId } from '../../geodata/contract/progress.ts';
import type { SheetSpec } from '../../geodata/contract/sheets.ts';
import type { StatusId } from '../../geodata/domain/workflow.ts';

export type Language = 'zh-CN' | 'en';
export type TabId = 'map' | 'remediation' | 'print' | 'data' | 'admin';
export type LngLat = [lng: number, lat: number];
/** [minLng, minLat, maxLng, maxLat] in degrees. */
export type Extent = [number, number, number, number];
export type FeatureKey = { layerId: string; code: string };

/**
 * The form open beside the map: what is being done to which mine site. `period` is left out for the present month; `to`
 * is the status a decision leads to.
 */
export type SiteTask =
  | { code: string; do: 'report' | 'no_progress' | 'review'; period?: string }
  | { code: string; do: 'correct' }
  | { code: string; do: 'decide'; to: StatusId };

/** Where the map looks; null until the home extent has been shown. */
export type View = { center: LngLat; zoom: number };

/** A figure of progress whose sites are listed: of one county with its zones, of one unit, late by so many months. */
export type FigureQuery = { figure: FigureId; county?: string; unit?: string; months?: number };

export type LayerLoad =
  | { phase: 'idle' }
  | { phase: 'loading' }
  | { phase: 'ready'; drawn: number }
  | { phase: 'error'; message: string };

export type ViewTarget =
  | { extent: Extent }
  | { center: LngLat; zoom?: number }
  /** Steps of zoom, added to where a movement under way is going. */
  | { zoomBy: number }
  | { fit: 'home' | 'selection' };

/** A wish to move the map, carried out once by the map; `serial` tells two equal wishes apart. */
export type ViewRequest = { serial: number; target: ViewTarget };

/** Where the frame of the sheet lies (closed ring, its centre, scale denominator), as the service has planned it. */
export type SheetFrame = { ring: LngLat[]; center: LngLat; scale: number };

/** State that a link restores. */
export type LinkedState = {
  language: Language;
  tab: TabId;
  view: View | null;
  /** Layer ids, the one drawn on top first. Ids missing here stand in their default place. */
  order: string[];
  /** Only layers whose switch differs from the definition's default. */
  visible: Record<string, boolean>;
  /** 0–1; only layers that are not at 1. */
  opacity: Record<string, number>;
  /** Category entry ids that are shown, by layer; a layer that is missing shows all. */
  filter: Record<string, string[]>;
  /** Only features of this county are shown in sites and table; null: all. */
  county: string | null;
  selection: FeatureKey | null;
  /** Past day (YYYY-MM-DD) that map, table and figures are shown as of (历史时点); null: now. */
  asOf: string | null;
  /** The import open in 数据管理: NEW_IMPORT before its file is uploaded, then the id of its job; null: none. */
  importJob: string | null;
  /** The sheet being composed in 出图汇报; texts may still be untidy while they are typed. null: none begun. */
  sheet: SheetSpec | null;
};

/** In place of a job's id while there is no job yet. */
export const NEW_IMPORT = 'new';

export type AppState = LinkedState & {
  hover: FeatureKey | null;
  pointer: LngLat | null;
  loads: Record<string, LayerLoad>;
  viewRequest: ViewRequest | null;
  /** What of the world lies in the map's window; null without a map. */
  viewExtent: Extent | null;
  /** The paper frame on the map; null while it is not known. */
  sheetFrame: SheetFrame | null;
  /** Scale denominator at the centre of the map on a 96 dpi screen; null without a map. */
  scaleDenominator: number | null;
  layerPanelOpen: boolean;
  contextPanelOpen: boolean;
  /** 待办 stands in the place of the layers, under 矿山修复 and for those who have work. */
  workPanelOpen: boolean;
  tableOpen: boolean;
  /** What the attribute table lists; layerId null: the layer of the tab; `figure`: only the sites it counts. */
  tableView: { layerId: string | null; figure: FigureQuery | null };
  /** The slider of 历史时点 lies over the map. */
  timeOpen: boolean;
  /** Changes of others are told as they happen; else they are asked for now and then. */
  live: boolean;
  /** 'unsupported' where the browser has no WebGL2: everything but the map works. */
  mapSupport: 'unknown' | 'supported' | 'unsupported';
  /** Pictures of the basemap do not come at present. */
  basemapFails: boolean;
  siteTask: SiteTask | null;
  signInOpen: boolean;
};

export type AppActions = {
  setLanguage(language: Language): void;
  setTab(tab: TabId): void;
  setView(view: View, scaleDenominator: number, viewExtent?: Extent): void;
  requestView(target: ViewRequest['target']): void;
  /** null: as the definition has it. */
  setVisible(layerId: string, visible: boolean | null): void;
  setOpacity(layerId: string, opacity: number): void;
  setOrder(order: string[]): void;
  /** Replaces the shown category entries of a layer; null shows all. */
  setFilter(layerId: string, entryIds: string[] | null): void;
  setCounty(adcode: string | null): void;
  select(key: FeatureKey | null): void;
  setHover(key: FeatureKey | null): void;
  setPointer(lngLat: LngLat | null): void;
  setLoad(layerId: string, load: LayerLoad): void;
  setPanel(
    panel: 'timeOpen' | 'layerPanelOpen' | 'contextPanelOpen' | 'workPanelOpen' | 'tableOpen' | 'signInOpen',
    open: boolean,
  ): void;
  setTableView(view: AppState['tableView']): void;
  setMapSupport(support: AppState['mapSupport']): void;
  setBasemapFails(fails: boolean): void;
  setSiteTask(task: SiteTask | null): void;
  setImportJob(importJob: string | null): void;
  setAsOf(asOf: string | null): void;
  setLive(live: boolean): void;
  setSheet(sheet: SheetSpec | null): void;
  setSheetFrame(frame: SheetFrame | null): void;
  /** Replaces everything a link carries (start, back and forward). */
  restore(linked: LinkedState): void;
};

export const emptyLinkedState: LinkedState = {
  language: 'zh-CN',
  tab: 'map',
  view: null,
  order: [],
  visible: {},
  opacity: {},
  filter: {},
  county: null,
  selection: null,
  asOf: null,
  importJob: null,
  sheet: null,
};

function without<Value>(record: Record<string, Value>, key: string): Record<string, Value> {
  const { [key]: _removed, ...rest } = record;
  return rest;
}

export const useAppState = create<AppState & AppActions>()((set) => ({
  ...emptyLinkedState,
  hover: null,
  pointer: null,
  loads: {},
  viewRequest: null,
  viewExtent: null,
  sheetFrame: null,
  scaleDenominator: null,
  layerPanelOpen: true,
  contextPanelOpen: true,
  workPanelOpen: true,
  tableOpen: false,
  tableView: { layerId: null, figure: null },
  timeOpen: false,
  live: false,
  mapSupport: 'unknown',
  basemapFails: false,
  siteTask: null,
  signInOpen: false,

  setLanguage: (language) => set({ language }),
  setTab: (tab) => set({ tab }),
  setView: (view, scaleDenominator, viewExtent) =>
    set({ view, scaleDenominator, viewExtent: viewExtent ?? null }),
  requestView: (target) =>
    set((state) => ({ viewRequest: { serial: (state.viewRequest?.serial ?? 0) + 1, target } })),
  setVisible: (layerId, visible) =>
    set((state) => ({
      visible: visible === null ? without(state.visible, layerId) : { ...state.visible, [layerId]: visible },
    })),
  setOpacity: (layerId, opacity) =>
    set((state) => ({
      opacity: opacity >= 1 ? without(state.opacity, layerId) : { ...state.opacity, [layerId]: opacity },
    })),
  setOrder: (order) => set({ order }),
  setFilter: (layerId, entryIds) =>
    set((state) => ({
      filter: entryIds === null ? without(state.filter, layerId) : { ...state.filter, [layerId]: entryIds },
    })),
  setCounty: (county) => set({ county }),
  select: (selection) => set({ selection }),
  setHover: (hover) => set({ hover }),
  setPointer: (pointer) => set({ pointer }),
  setLoad: (layerId, load) => set((state) => ({ loads: { ...state.loads, [layerId]: load } })),
  setPanel: (panel, open) => set({ [panel]: open }),
  setTableView: (tableView) => set({ tableView }),
  setMapSupport: (mapSupport) => set({ mapSupport }),
  setBasemapFails: (basemapFails) => set({ basemapFails }),
  setSiteTask: (siteTask) => set({ siteTask }),
  setImportJob: (importJob) => set({ importJob }),
  setAsOf: (asOf) => set({ asOf }),
  setLive: (live) => set({ live }),
  setSheet: (sheet) => set({ sheet }),
  setSheetFrame: (sheetFrame) => set({ sheetFrame }),
  restore: (linked) => set({ ...linked }),
}));
