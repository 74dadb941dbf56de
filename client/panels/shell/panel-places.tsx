/** Where the panels will stand: as large as they will be, so that nothing jumps and the map knows what they cover. */

export function LayerPlace({ open }: { open: boolean }) {
  return <div className={open ? 'layer-panel' : 'panel-rail'} aria-hidden="true" />;
}

export function TablePlace({ open }: { open: boolean }) {
  return (
    <div className={open ? 'table-panel table-panel-open' : 'table-panel'}>
      <div className="table-handle" />
    </div>
  );
}

export function ContextPlace({ open }: { open: boolean }) {
  return open ? <div className="context-panel" aria-hidden="true" data-covers-map /> : null;
}
