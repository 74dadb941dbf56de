/** Search by name or code: results by layer, usable by keys alone; a choice selects and moves the map. */
import { CloseCircleFilled, LoadingOutlined, LockOutlined, SearchOutlined } from '@ant-design/icons';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { isClosed, isReadable } from '../../api/readable-layer.ts';
import { useSearch } from '../../api/search.ts';
import { formatNumber, joinWords } from '../../i18n/format.ts';
import { useLanguage, useTexts, useWord } from '../../i18n/text.ts';
import { layerDraw, Swatch, swatchForm } from '../../map/legend-swatch.tsx';
import { useAppState } from '../../state/app-state.ts';
import { useCountyName, useLoadedCatalogue } from '../loaded-catalogue.ts';
import { RequestNotice } from '../request-notice.tsx';
import { showFeature } from '../show-feature.ts';
import { useDelayedValue } from './delayed-value.ts';
import { groupHits, type Hit, stepOption } from './search-results.ts';

const PAUSE_MS = 250;

export function SearchBox({ chosen, focusAtOnce }: { chosen?: () => void; focusAtOnce?: boolean }) {
  const { search: texts, clear } = useTexts();
  const { layers } = useLoadedCatalogue();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState(-1);
  const wanted = typed.trim();
  const query = useDelayedValue(wanted, PAUSE_MS);
  const search = useSearch(query);
  const groups = groupHits(search.data?.hits ?? [], layers.filter(isReadable));
  const hits = groups.flatMap((group) => group.hits.map(({ hit }) => hit));
  const shown = open && wanted !== '';

  const choose = (hit: Hit) => {
    const { setTab, requestView, tab } = useAppState.getState();
    if (tab === 'print' || tab === 'data' || tab === 'admin') setTab('map');
    const layer = layers.find(({ definition }) => definition.id === hit.layerId);
    if (layer) showFeature(layer, hit.code);
    const { extent } = hit;
    // After the popup has taken its place, so that the map knows what of it is left.
    if (extent) requestAnimationFrame(() => requestView({ extent }));
    setOpen(false);
    chosen?.();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setCurrent(stepOption(current, event.key === 'ArrowDown' ? 1 : -1, hits.length));
    } else if (event.key === 'Enter') {
      const hit = hits[current] ?? hits[0];
      if (shown && hit && query === wanted) choose(hit);
    } else if (event.key === 'Escape' && (shown || typed !== '')) {
      event.preventDefault();
      if (!shown) setTyped('');
      setOpen(false);
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: the element is younger than the browsers we serve
    <div
      role="search"
      className="search"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <SearchOutlined className="search-icon" />
      <input
        ref={input}
        type="text"
        // biome-ignore lint/a11y/noAutofocus: on the phone the box opens because one wants to type
        autoFocus={focusAtOnce}
        role="combobox"
        aria-label={texts.label}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown && current >= 0 ? `${listId}-${current}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={texts.placeholder}
        value={typed}
        maxLength={100}
        onChange={(event) => {
          setTyped(event.target.value);
          setCurrent(-1);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={pressed}
      />
      {typed !== '' && (
        <button
          type="button"
          className="icon-button search-clear"
          aria-label={clear}
          onClick={() => {
            setTyped('');
            input.current?.focus();
          }}
        >
          {search.isFetching ? <LoadingOutlined /> : <CloseCircleFilled />}
        </button>
      )}
      <div className="search-results" hidden={!shown}>
        <div id={listId} role="listbox" aria-label={texts.results}>
          {groups.map((group) => (
            <ResultGroup
              key={group.layer.definition.id}
              group={group}
              listId={listId}
              current={current}
              choose={choose}
            />
          ))}
        </div>
        <ClosedLayers />
        <SearchNotes search={search} query={query} hitCount={hits.length} />
      </div>
    </div>
  );
}

function ResultGroup(props: {
  group: ReturnType<typeof groupHits>[number];
  listId: string;
  current: number;
  choose: (hit: Hit) => void;
}) {
  const word = useWord();
  const countyName = useCountyName();
  const { definition } = props.group.layer;
  return (
    // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by role
    <div role="group" aria-label={word(definition.title)}>
      <div className="search-group" aria-hidden="true">
        <Swatch draw={layerDraw(definition)} form={swatchForm(definition)} size={14} />
        {word(definition.title)}
      </div>
      {props.group.hits.map(({ hit, index }) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox that owns the list takes the keys
        <div
          key={hit.code}
          id={`${props.listId}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === props.current}
          className="search-option"
          ref={(element) => {
            if (index === props.current) element?.scrollIntoView({ block: 'nearest' });
          }}
          onClick={() => props.choose(hit)}
        >
          <span className="search-title">{hit.title}</span>
          <span className="search-place">
            {hit.countyAdcode ? countyName(hit.countyAdcode) : ''} {hit.title === hit.code ? '' : hit.code}
          </span>
        </div>
      ))}
    </div>
  );
}

/** What was not searched, so that nobody takes silence for absence. */
function ClosedLayers() {
  const { session: texts } = useTexts();
  const language = useLanguage();
  const word = useWord();
  const closed = useLoadedCatalogue().layers.filter(isClosed);
  if (closed.length === 0) return null;
  return (
    <p className="search-note">
      <LockOutlined />{' '}
      {texts.notSearched(
        joinWords(
          closed.map(({ definition }) => word(definition.title)),
          language,
        ),
      )}
    </p>
  );
}

function SearchNotes(props: { search: ReturnType<typeof useSearch>; query: string; hitCount: number }) {
  const { search: texts, errors, loading } = useTexts();
  const language = useLanguage();
  const { data, error, isFetching, refetch } = props.search;
  if (error) return <RequestNotice title={errors.search} error={error} retry={() => void refetch()} />;
  return (
    <p className="search-note" role="status">
      {data === undefined || (isFetching && props.hitCount === 0)
        ? loading
        : props.hitCount === 0
          ? texts.none(props.query)
          : data.truncated
            ? texts.truncated
            : texts.found(formatNumber(props.hitCount, language))}
    </p>
  );
}
