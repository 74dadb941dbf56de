/**
 * A layer as it was on a day, as a relation with the columns of its table: every statement reads from it as it would
 * from the table. What an event says comes from the one effective last by the end of the day, found by the index on
 * (code, day desc, sequence desc).
 */
import {
  columnOf,
  type LayerDefinition,
  type LayerHistory,
  type PastField,
} from '../../geodata/catalogue/layer-definition.ts';
import { columnRef, columnTypes, type Params, quoteIdentifier, quoteLiteral, tableOf } from './layer-sql.ts';

/**
 * What stands after `from`, before the alias: the table itself, or its state at the end of `asOf`. Throws an Error for a
 * layer without a history: requests for one are refused before.
 */
export function relationSql(layer: LayerDefinition, asOf: string | null, params: Params): string {
  if (asOf === null) return tableOf(layer);
  if (layer.history === null) throw new Error(`${layer.id} has no history`);
  return pastRelation(layer, layer.history, params.add(asOf, 'date'));
}

function pastRelation(layer: LayerDefinition, history: LayerHistory, day: string): string {
  const { id, code, geometry, anchor, axis, area } = layer.table;
  const past = new Map(history.fields.map((each) => [columnOfField(layer, each.field), each]));
  const columns = new Set(
    [id, code, geometry, anchor, axis, area, ...layer.fields.map(columnOf)].filter((name) => name !== null),
  );
  const events = `${quoteIdentifier(history.table.schema)}.${quoteIdentifier(history.table.name)}`;
  const ofFeature = (alias: string): string =>
    `${columnRef(history.code, alias)} = ${columnRef(code, 't')} and ${columnRef(history.decides, alias)}`;
  const eventColumns = [
    history.day,
    history.facts,
    ...history.fields.flatMap((each) => (each.from === 'event' ? [each.column] : [])),
  ];
  const since = columnRef(columnOfField(layer, history.ownSince), 't');
  const context: PastContext = { layer, history, day, events, ofFeature };
  const selected = [...columns].map((name) => {
    const each = past.get(name);
    return each === undefined
      ? columnRef(name, 't')
      : `${pastValue(each, context)} as ${quoteIdentifier(name)}`;
  });
  return `(
    select ${selected.join(',\n      ')}
    from ${tableOf(layer)} as t
    left join lateral (
      select ${[...new Set(eventColumns)].map((name) => columnRef(name, 'e')).join(', ')}
      from ${events} as e
      where ${ofFeature('e')} and ${columnRef(history.day, 'e')} <= ${day}
      order by ${columnRef(history.day, 'e')} desc, ${columnRef(history.sequence, 'e')} desc
      limit 1) as h on true
    left join lateral (
      select true as stands
      where ${columnRef(history.day, 'h')} is null
        and coalesce(${since}, ${day}) <= ${day}
        and not exists (select 1 from ${events} as e where ${ofFeature('e')})) as o on true)`;
}

type PastContext = {
  layer: LayerDefinition;
  history: LayerHistory;
  day: string;
  events: string;
  ofFeature: (alias: string) => string;
};

/** A feature no event was ever recorded of is as it is, from its own day on. */
function pastValue(past: PastField, context: PastContext): string {
  const { layer, history, day } = context;
  const own = columnRef(columnOfField(layer, past.field), 't');
  const happened = `${columnRef(history.day, 'h')} is not null`;
  switch (past.from) {
    case 'event': {
      const before = past.before === null ? '' : ` else ${quoteLiteral(past.before)}`;
      return `case when ${happened} then ${columnRef(past.column, 'h')} when o.stands then ${own}${before} end`;
    }
    case 'since':
      return `case when ${happened} then ${runStart(eventField(history, past.follows), context)} when o.stands then ${own} end`;
    case 'mapped': {
      const followed = pastValue(eventField(history, past.follows), context);
      const cases = Object.entries(past.values).map(
        ([from, to]) => `when ${quoteLiteral(from)} then ${quoteLiteral(to)}`,
      );
      return `case ${followed} ${cases.join(' ')} end`;
    }
    case 'fact': {
      const facts = columnRef(history.facts, 'h');
      const type = columnTypes[fieldOf(layer, past.field).type];
      const dated = columnRef(columnOfField(layer, past.datedBy), 't');
      return `case when ${facts} is not null then (${facts} ->> ${quoteLiteral(past.member)})::${type} when o.stands or ${dated} <= ${day} then ${own} end`;
    }
  }
}

/** The first event after the last one that says otherwise. */
function runStart(
  { column }: Extract<PastField, { from: 'event' }>,
  { history, day, events, ofFeature }: PastContext,
): string {
  const order = (alias: string): string =>
    `${columnRef(history.day, alias)}, ${columnRef(history.sequence, alias)}`;
  const descending = `${columnRef(history.day, 'd')} desc, ${columnRef(history.sequence, 'd')} desc`;
  return `(
        select ${columnRef(history.day, 'e')}
        from ${events} as e
        left join (
          select ${order('d')}
          from ${events} as d
          where ${ofFeature('d')} and ${columnRef(history.day, 'd')} <= ${day} and ${columnRef(column, 'd')} <> ${columnRef(column, 'h')}
          order by ${descending}
          limit 1) as d on true
        where ${ofFeature('e')} and ${columnRef(history.day, 'e')} <= ${day}
          and (${columnRef(history.day, 'd')} is null or (${order('e')}) > (${order('d')}))
        order by ${order('e')}
        limit 1)`;
}

function eventField(history: LayerHistory, name: string): Extract<PastField, { from: 'event' }> {
  const found = history.fields.find((each) => each.field === name);
  if (found?.from !== 'event') throw new Error(`${name} is no field of events`);
  return found;
}

function fieldOf(layer: LayerDefinition, name: string): LayerDefinition['fields'][number] {
  const found = layer.fields.find((field) => field.name === name);
  if (found === undefined) throw new Error(`${layer.id} has no field ${name}`);
  return found;
}

function columnOfField(layer: LayerDefinition, name: string): string {
  return columnOf(fieldOf(layer, name));
}
