/**
 * What a layer is: one checked piece of data from which collections, SQL, tiles, styles, legends,
 * popups, tables, filters, forms, import mapping, exports and permissions follow.
 * Pure data: nothing here knows a renderer, a database driver or a request.
 */
import { z } from 'zod';

/** Every text a user reads exists in Chinese (default) and English. */
export const bilingualSchema = z.object({ zh: z.string().min(1), en: z.string().min(1) });
export type Bilingual = z.infer<typeof bilingualSchema>;

const identifierSchema = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'snake_case identifier');
const colorSchema = z.string().regex(/^#[0-9A-F]{6}$/i, 'six-digit hex colour');

/** Unit of a stored number. Areas are stored in m², lengths in m, money in 万元 (10 000 CNY). */
export const fieldUnits = ['m2', 'm', 'percent', '10k_cny', 'year'] as const;

export const fieldSchema = z.object({
  /** Property name in GeoJSON, tiles and filters. */
  name: identifierSchema,
  /** Column of the layer's table; the same as `name` unless said otherwise. */
  column: identifierSchema.optional(),
  /** `real` always carries a decimal in GeoJSON so that readers guess the type right. */
  type: z.enum(['text', 'integer', 'real', 'date', 'boolean', 'timestamp']),
  title: bilingualSchema,
  unit: z.enum(fieldUnits).optional(),
  enum: z.array(z.object({ value: z.string(), title: bilingualSchema })).optional(),
  /** Shown in the popup, in this order. */
  popup: z.boolean().default(false),
  /** Column of the attribute table. */
  table: z.boolean().default(false),
  /** May be used as a property filter of the items request and in the screen's filters. */
  filter: z.boolean().default(false),
  /** Searched by the search box. */
  search: z.boolean().default(false),
  /** May be changed by an account with the right to edit the layer. */
  edit: z.boolean().default(false),
  /** Travels in vector tiles (only what drawing, hovering and filtering need). */
  tile: z.boolean().default(false),
  /** Filled by the database (generated column or trigger): never written by an import, the sample or an edit. */
  computed: z.boolean().default(false),
});
export type LayerField = z.infer<typeof fieldSchema>;

const strokeSchema = z.object({
  color: colorSchema,
  widthPx: z.number().positive(),
  widthMm: z.number().positive(),
  /** Lengths of dash and gap in multiples of the stroke width. */
  dash: z.array(z.number().positive()).min(2).optional(),
});
const fillSchema = z.object({ color: colorSchema, opacity: z.number().min(0).max(1) });
const hatchSchema = z.object({
  kind: z.enum(['diagonal', 'cross', 'wave']),
  color: colorSchema,
  spacingPx: z.number().positive(),
  widthPx: z.number().positive(),
});
/** Ring symbols: how much of the ring is filled, or a shape of its own. */
export const symbolKinds = [
  'ring-empty',
  'ring-quarter',
  'ring-half',
  'ring-three-quarter',
  'ring-full',
  'ring-check',
  'triangle-alert',
  'cross-small',
] as const;
export type SymbolKind = (typeof symbolKinds)[number];
const symbolSchema = z.object({ kind: z.enum(symbolKinds), color: colorSchema });

/** What is drawn for a feature; categories override parts of the layer's own. */
const drawSchema = z.object({
  fill: fillSchema.optional(),
  hatch: hatchSchema.optional(),
  stroke: strokeSchema.optional(),
  symbol: symbolSchema.optional(),
});
export type LayerDraw = z.infer<typeof drawSchema>;

const categorySchema = z.object({
  /** Key of the legend entry, also used in the URL. */
  id: identifierSchema,
  title: bilingualSchema,
  /** Values of the category field that fall into this entry. */
  values: z.array(z.string()).min(1),
  draw: drawSchema,
});
export type LayerCategory = z.infer<typeof categorySchema>;

const styleSchema = z.object({
  draw: drawSchema,
  /** Where the stroke runs: round the shape, or along its centre line (`table.axis`). */
  strokeAlong: z.enum(['outline', 'axis']).default('outline'),
  /** Stroke along the outer edge of all features together: the border of the region. */
  outerStroke: strokeSchema.optional(),
  /**
   * The stroke is drawn above the shapes of every layer, inset and cased in white: parts of what
   * another layer draws as one opaque whole.
   */
  strokeRaised: z.boolean().default(false),
  /** Below this zoom stroke and hatch are thinner and paler: many small shapes would drown the rest. */
  lighterBelowZoom: z.number().nullable().default(null),
  categories: z.object({ field: identifierSchema, entries: z.array(categorySchema).min(1) }).optional(),
  /** Symbols are drawn below this zoom, shapes from it on; null: shapes at every zoom. */
  symbolBelowZoom: z.number().nullable().default(null),
  label: z
    .object({
      field: identifierSchema,
      minzoom: z.number(),
      sizePx: z.number().positive(),
      /** Lower wins where labels compete. */
      priority: z.number().int(),
      color: colorSchema,
    })
    .optional(),
  minzoom: z.number().min(0).max(24).default(0),
  maxzoom: z.number().min(0).max(24).default(24),
});

/**
 * How a field reads on a past day. `event`: a column of the event that holds on that day; `before` stands where no event
 * does yet. `since`: the first day of the unbroken run of events that agree on the column of `follows`. `mapped`: follows
 * from another field by a table. `fact`: a member of the event's JSON of facts; where the event has none, the feature's
 * own value once the field `datedBy` lies on or before the day.
 */
const pastFieldSchema = z.discriminatedUnion('from', [
  z.object({
    from: z.literal('event'),
    field: identifierSchema,
    column: identifierSchema,
    before: z.string().nullable(),
  }),
  z.object({ from: z.literal('since'), field: identifierSchema, follows: identifierSchema }),
  z.object({
    from: z.literal('mapped'),
    field: identifierSchema,
    follows: identifierSchema,
    values: z.record(z.string(), z.string()),
  }),
  z.object({
    from: z.literal('fact'),
    field: identifierSchema,
    member: z.string().regex(/^[a-zA-Z]+$/),
    datedBy: identifierSchema,
  }),
]);
export type PastField = z.infer<typeof pastFieldSchema>;

/** Where the past states of a layer stand: a table of events, one feature's in the order of day, then sequence. */
const historySchema = z.object({
  table: z.object({ schema: identifierSchema, name: identifierSchema }),
  /** Column of the event that names the feature by its code. */
  code: identifierSchema,
  day: identifierSchema,
  sequence: identifierSchema,
  /** Boolean column: only events with it decide about a state. */
  decides: identifierSchema,
  /** JSON column of facts, keyed by `member`. */
  facts: identifierSchema,
  /** Date field that says since when a feature without any event is as it is. */
  ownSince: identifierSchema,
  fields: z.array(pastFieldSchema).min(1),
});
export type LayerHistory = z.infer<typeof historySchema>;

export const layerGroups = ['control', 'restoration', 'protection', 'base'] as const;

export const layerDefinitionSchema = z
  .object({
    /** Id of the OGC collection and of the layer in the URL. */
    id: identifierSchema,
    title: bilingualSchema,
    description: bilingualSchema,
    group: z.enum(layerGroups),
    leadDepartment: bilingualSchema,
    /** Word for counting features: 535 座, 412 个. */
    countUnit: bilingualSchema,
    /** Position in the drawing order: higher is drawn above lower. */
    drawOrder: z.number().int(),
    /** Switched on at first sight. */
    visible: z.boolean().default(true),
    /** Defined before it has data: shown as 未导入 and published only once something is imported. */
    optional: z.boolean().default(false),
    table: z.object({
      schema: identifierSchema.default('geo'),
      name: identifierSchema,
      id: identifierSchema.default('id'),
      code: identifierSchema.default('code'),
      geometry: identifierSchema.default('geom'),
      /** Point inside the feature for its symbol and label; null for lines. */
      anchor: identifierSchema.nullable().default('anchor'),
      /** Centre line of a band (corridors), stored beside the shape. */
      axis: identifierSchema.nullable().default(null),
      /** Geodesic area in m², null in rows without a valid shape; null for lines. */
      area: identifierSchema.nullable().default('area_m2'),
      geometryType: z.enum(['MultiPolygon', 'MultiLineString']),
      srid: z.literal(4490).default(4490),
    }),
    /** Property shown as the title of a popup, a table row and a search hit. */
    titleField: identifierSchema,
    /** Date field that `datetime` requests and the temporal extent are about; null: the layer has no time. */
    temporalField: identifierSchema.nullable().default(null),
    /** Field of m² that sums of the layer go by (面积口径); null: the measured area (`table.area`). */
    areaField: identifierSchema.nullable().default(null),
    /** Lets the layer be read as of any day (`as_of`); null: only as it is now. */
    history: historySchema.nullable().default(null),
    fields: z.array(fieldSchema).min(1),
    style: styleSchema,
    tiles: z.object({
      minzoom: z.number().int().min(0).max(22).default(0),
      maxzoom: z.number().int().min(0).max(22).default(16),
    }),
    /** Above this many features the map draws the layer from tiles, below from GeoJSON. */
    tilesAboveFeatures: z.number().int().positive().default(20_000),
    permissions: z.object({
      /** Anonymous reading; always further limited while official data is loaded. */
      anonymousRead: z.enum(['never', 'sample-only', 'always']).default('sample-only'),
      edit: z.enum(['import-only', 'reporting-unit']).default('import-only'),
    }),
    source: bilingualSchema,
  })
  .superRefine((layer, context) => {
    const names = new Set(layer.fields.map((field) => field.name));
    if (names.size !== layer.fields.length) {
      context.addIssue({ code: 'custom', message: `${layer.id}: field names repeat` });
    }
    const referenced = [
      layer.titleField,
      layer.temporalField ?? undefined,
      layer.areaField ?? undefined,
      layer.style.categories?.field,
      layer.style.label?.field,
      layer.history?.ownSince,
      ...(layer.history?.fields ?? []).flatMap((past) => [
        past.field,
        past.from === 'since' || past.from === 'mapped' ? past.follows : undefined,
        past.from === 'fact' ? past.datedBy : undefined,
      ]),
    ].filter((name) => name !== undefined);
    for (const name of referenced) {
      if (!names.has(name)) {
        context.addIssue({ code: 'custom', message: `${layer.id}: no field "${name}"` });
      }
    }
  });

export type LayerDefinition = z.infer<typeof layerDefinitionSchema>;
export type LayerDefinitionInput = z.input<typeof layerDefinitionSchema>;

/** The checked definition. Throws a ZodError naming the field at fault. */
export function defineLayer(input: LayerDefinitionInput): LayerDefinition {
  return layerDefinitionSchema.parse(input);
}

/** Column that stores a field. */
export function columnOf(field: LayerField): string {
  return field.column ?? field.name;
}
