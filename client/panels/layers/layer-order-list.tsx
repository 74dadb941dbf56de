/** Loaded layers, the one drawn on top first; order by drag, by drag with keys, or by buttons. */
import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined } from '@ant-design/icons';
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { useTexts, useWord } from '../../i18n/text.ts';
import { drawOrder } from '../../map/draw-order.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { move } from './layer-list.ts';
import { LayerRow } from './layer-row.tsx';

export function LayerOrderList() {
  const { layers: texts } = useTexts();
  const word = useWord();
  const catalogue = useLoadedCatalogue();
  const order = useAppState((state) => state.order);
  const setOrder = useAppState((state) => state.setOrder);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const byId = new Map(catalogue.layers.map((layer) => [layer.definition.id, layer]));
  const ids = drawOrder(
    catalogue.layers.filter(isReadable).map(({ definition }) => definition),
    order,
  );
  const titleOf = (id: string | number) => {
    const layer = byId.get(String(id));
    return layer ? word(layer.definition.title) : String(id);
  };
  const positionOf = (id: string | number | undefined) => String(ids.indexOf(String(id)) + 1);
  const shift = (id: string, by: number) => setOrder(move(ids, ids.indexOf(id), ids.indexOf(id) + by));
  const dropped = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) {
      setOrder(move(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))));
    }
  };

  return (
    <>
      <p className="layer-note">{texts.orderHint}</p>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={dropped}
        accessibility={{
          screenReaderInstructions: { draggable: texts.orderHint },
          announcements: {
            onDragStart: ({ active }) => texts.dragStarted(titleOf(active.id)),
            onDragOver: ({ active, over }) => texts.dragMoved(titleOf(active.id), positionOf(over?.id)),
            onDragEnd: ({ active, over }) => texts.dragEnded(titleOf(active.id), positionOf(over?.id)),
            onDragCancel: ({ active }) => texts.dragCancelled(titleOf(active.id)),
          },
        }}
      >
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <ol className="layer-list">
            {ids.map((id, index) => {
              const layer = byId.get(id);
              return (
                layer && (
                  <OrderedLayer
                    key={id}
                    layer={layer}
                    first={index === 0}
                    last={index === ids.length - 1}
                    shift={(by) => shift(id, by)}
                  />
                )
              );
            })}
          </ol>
        </SortableContext>
      </DndContext>
      {order.length > 0 && (
        <button type="button" className="link-button" onClick={() => setOrder([])}>
          {texts.defaultOrder}
        </button>
      )}
    </>
  );
}

function OrderedLayer(props: {
  layer: CatalogueLayer;
  first: boolean;
  last: boolean;
  shift: (by: number) => void;
}) {
  const { layers: texts } = useTexts();
  const title = useWord()(props.layer.definition.title);
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: props.layer.definition.id,
  });
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? 'ordered-layer ordered-layer-dragged' : 'ordered-layer'}
      style={{ transform: transform ? `translateY(${transform.y}px)` : undefined, transition }}
    >
      <button
        type="button"
        className="icon-button drag-handle"
        {...attributes}
        {...listeners}
        aria-label={texts.drag(title)}
      >
        <HolderOutlined />
      </button>
      <LayerRow layer={props.layer} />
      <span className="order-buttons">
        <button
          type="button"
          className="icon-button"
          disabled={props.first}
          aria-label={texts.moveUp(title)}
          onClick={() => props.shift(-1)}
        >
          <ArrowUpOutlined />
        </button>
        <button
          type="button"
          className="icon-button"
          disabled={props.last}
          aria-label={texts.moveDown(title)}
          onClick={() => props.shift(1)}
        >
          <ArrowDownOutlined />
        </button>
      </span>
    </li>
  );
}
