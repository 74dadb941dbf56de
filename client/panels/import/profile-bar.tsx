/** Saved mappings of a layer: use one, save the present one under a name, delete one. */
import { Button, Input, Popconfirm, Select } from 'antd';
import { useId, useState } from 'react';
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import { useDeleteProfile, useImportProfiles, useSaveProfile } from '../../api/import-profiles.ts';
import { joinWords } from '../../i18n/format.ts';
import { useLanguage, useTexts } from '../../i18n/text.ts';
import { explainFailure } from '../explain-failure.ts';
import { applyProfile, type Mapping } from './field-mapping.ts';

export function ProfileBar(props: {
  definition: LayerDefinition;
  mapping: Mapping;
  columns: readonly string[];
  apply: (mapping: Mapping) => void;
}) {
  const texts = useTexts();
  const { map: words, notSaved } = texts.imports;
  const { definition, columns, apply } = props;
  const language = useLanguage();
  const { data } = useImportProfiles();
  const remove = useDeleteProfile();
  const [used, setUsed] = useState<string | null>(null);
  const [missing, setMissing] = useState<string[]>([]);
  const profiles = (data?.profiles ?? []).filter(({ layerId }) => layerId === definition.id);
  const choose = (name: string) => {
    const profile = profiles.find((candidate) => candidate.name === name);
    if (profile === undefined) return;
    const applied = applyProfile(definition, profile, columns);
    setUsed(name);
    setMissing(applied.missing);
    apply(applied.mapping);
  };
  return (
    <div className="profile-bar">
      <Select
        size="small"
        className="profile-select"
        aria-label={words.profile}
        value={used}
        placeholder={profiles.length === 0 ? words.profileNone : words.profilePlaceholder}
        disabled={profiles.length === 0}
        popupMatchSelectWidth={false}
        onChange={choose}
        options={profiles.map(({ name }) => ({ value: name, label: name }))}
      />
      {used !== null && (
        <Popconfirm
          title={words.profileDeleteConfirm(used)}
          okText={words.profileDelete}
          onConfirm={() => remove.mutate(used, { onSuccess: () => setUsed(null) })}
        >
          <Button size="small" type="text" loading={remove.isPending}>
            {words.profileDelete}
          </Button>
        </Popconfirm>
      )}
      <SaveProfile
        layerId={definition.id}
        mapping={props.mapping}
        taken={profiles.map(({ name }) => name)}
        saved={setUsed}
      />
      {remove.error && (
        <p role="alert" className="alert-ink">
          {notSaved}: {explainFailure(remove.error, texts).what}
        </p>
      )}
      {missing.length > 0 && <p className="caution">{words.profileMissing(joinWords(missing, language))}</p>}
    </div>
  );
}

function SaveProfile(props: {
  layerId: string;
  mapping: Mapping;
  taken: readonly string[];
  saved: (name: string) => void;
}) {
  const texts = useTexts();
  const { map: words, notSaved } = texts.imports;
  const save = useSaveProfile();
  const inputId = useId();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const trimmed = name.trim();
  const store = () =>
    save.mutate(
      { name: trimmed, layerId: props.layerId, columns: props.mapping },
      {
        onSuccess: () => {
          props.saved(trimmed);
          setOpen(false);
        },
      },
    );
  if (!open) {
    return (
      <>
        <Button
          size="small"
          onClick={() => {
            save.reset();
            setOpen(true);
          }}
        >
          {words.profileSave}
        </Button>
        <span role="status" className="quiet">
          {save.isSuccess && words.profileSaved(save.variables.name)}
        </span>
      </>
    );
  }
  const isTaken = props.taken.includes(trimmed);
  const button = (
    <Button
      size="small"
      type="primary"
      htmlType={isTaken ? 'button' : 'submit'}
      disabled={trimmed === ''}
      loading={save.isPending}
    >
      {words.profileSave}
    </Button>
  );
  return (
    <form
      className="profile-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed !== '' && !isTaken) store();
      }}
    >
      <label htmlFor={inputId}>{words.profileName}</label>
      <Input
        id={inputId}
        size="small"
        autoFocus
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false);
        }}
      />
      {isTaken ? (
        <Popconfirm title={words.profileReplaceConfirm(trimmed)} okText={words.profileSave} onConfirm={store}>
          {button}
        </Popconfirm>
      ) : (
        button
      )}
      {save.error && (
        <p role="alert" className="alert-ink">
          {notSaved}: {explainFailure(save.error, texts).what}
        </p>
      )}
    </form>
  );
}
