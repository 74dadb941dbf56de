/** A month's report while it is filled in: the draft kept on this computer, its checks, and sending it once. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import type { MarkRefusal, MineSite } from '../../../geodata/contract/marking.ts';
import { refusalOf, useSiteCommand } from '../../api/mine-sites.ts';
import { useAccount } from '../../api/session.ts';
import { type CheckedDraft, checkDraft, evidenceOf } from './check-draft.ts';
import { type ConflictRow, isSubmittedAlready, mergeValues, type Side } from './conflict.ts';
import { type Draft, draftOfAnswer, firstDraft } from './draft.ts';
import { type DraftKey, forget, type KeptDraft, keep, readKept, sweepDrafts } from './draft-store.ts';
import { answerOfValues, type SiteValues, valuesOfAnswer, valuesOfSite } from './site-values.ts';
import { submissionOf } from './submission.ts';

export type Marking = ReturnType<typeof useMarking>;

/** `draftKey` names whose draft of what; the component is keyed by it. */
export function useMarking(
  site: MineSite,
  attachments: readonly Attachment[],
  options: { draftKey: DraftKey; noProgress: boolean; submitted: (site: MineSite) => void },
) {
  const { draftKey } = options;
  const [kept, setKept] = useState<KeptDraft>(() => {
    sweepDrafts(localStorage, Date.now());
    const before = readKept(localStorage, draftKey);
    const start = before ?? newDraft(site);
    return options.noProgress ? { ...start, draft: { ...start.draft, noProgress: true } } : start;
  });
  const [isKept, setIsKept] = useState<boolean | null>(null);
  const [attempted, setAttempted] = useState(false);
  const [conflict, setConflict] = useState<MineSite | null>(null);
  const account = useAccount();
  const command = useSiteCommand(site.code);
  const sending = useRef(false);
  const { draft } = kept;
  const evidence = useMemo(() => evidenceOf(attachments, site.period), [attachments, site.period]);
  // What the service found belongs to what was sent, not to what is typed afterwards.
  const [sent, setSent] = useState<Draft | null>(null);
  const refusal = sent === draft ? refusalOf(command.error) : null;
  const checked = useMemo(
    () => withRefusal(checkDraft(draft, site, evidence), refusal),
    [draft, site, evidence, refusal],
  );

  const store = useCallback(
    (next: KeptDraft) => {
      setKept(next);
      setIsKept(keep(localStorage, draftKey, next));
    },
    [draftKey],
  );
  const change = (part: Partial<Draft>) =>
    store({ ...kept, draft: { ...draft, ...part }, savedAt: Date.now() });

  const send = async (toSend: Draft, checkedDraft: CheckedDraft, version: number) => {
    // A second click while the first is under way sends nothing.
    if (sending.current) return;
    sending.current = true;
    setSent(toSend);
    const body = submissionOf(
      toSend,
      checkedDraft.answer,
      evidence.map(({ id }) => id),
    );
    const isDone = (answered: MineSite) => {
      forget(localStorage, draftKey);
      options.submitted(answered);
    };
    try {
      isDone(await command.mutateAsync({ command: { do: 'report', period: site.period, body }, version }));
    } catch (error) {
      const current = refusalOf(error)?.current;
      if (current === undefined) return;
      // It came through the first time, and only the answer was lost.
      if (isSubmittedAlready(current, body, account.name ?? '')) isDone(current);
      else setConflict(current);
    } finally {
      sending.current = false;
    }
  };

  const submit = () => {
    setAttempted(true);
    const found = checkDraft(draft, site, evidence);
    if (found.problems.length === 0) void send(draft, found, kept.baseVersion);
  };

  /** Mine as the comparison shows it; a status that was not chosen is the one it began with. */
  const mine: SiteValues = {
    ...(kept.before.status === undefined ? {} : { status: kept.before.status }),
    ...valuesOfAnswer(checked.answer),
    effectiveOn: draft.effectiveOn,
  };

  /** Takes what was chosen on top of the present state and sends it where nothing is left to correct. */
  const resolve = (current: MineSite, rows: readonly ConflictRow[], choices: Record<string, Side>) => {
    const values = mergeValues(mine, rows, choices);
    const answer = answerOfValues(values);
    if (answer.status === current.state.status) delete answer.status;
    const merged: Draft = {
      ...draftOfAnswer(answer, draft.areaUnit, String(values.effectiveOn ?? draft.effectiveOn)),
      reasons: draft.reasons,
    };
    store({
      draft: merged,
      baseVersion: current.version,
      before: valuesOfSite(current),
      savedAt: Date.now(),
    });
    setConflict(null);
    setAttempted(true);
    const checkedMerge = checkDraft(merged, current, evidence);
    if (checkedMerge.problems.length === 0) void sendOver(current, merged, checkedMerge);
  };

  /** A report that others have submitted meanwhile makes room first; it stays in the history. */
  const sendOver = async (current: MineSite, merged: Draft, checkedMerge: CheckedDraft) => {
    if (current.report?.state !== 'submitted') return send(merged, checkedMerge, current.version);
    if (sending.current) return;
    sending.current = true;
    try {
      const freed = await command.mutateAsync({
        command: { do: 'withdraw', period: current.period },
        version: current.version,
      });
      store({ draft: merged, baseVersion: freed.version, before: valuesOfSite(freed), savedAt: Date.now() });
      sending.current = false;
      await send(merged, checkedMerge, freed.version);
    } catch (error) {
      const newer = refusalOf(error)?.current;
      if (newer !== undefined) setConflict(newer);
    } finally {
      sending.current = false;
    }
  };

  const discard = () => {
    forget(localStorage, draftKey);
    setKept(newDraft(site));
    setIsKept(null);
    setAttempted(false);
    command.reset();
  };

  return {
    site,
    draft,
    change,
    checked,
    evidence,
    attempted,
    submit,
    discard,
    /** When it was last kept; null: not yet, or not possible. */
    keptAt: isKept === false || kept.savedAt === 0 ? null : kept.savedAt,
    cannotKeep: isKept === false,
    isSending: command.isPending,
    error: command.error,
    /** The site has changed since the typing began. */
    isBehind: site.version > kept.baseVersion,
    conflict,
    showConflict: () => setConflict(site),
    closeConflict: () => setConflict(null),
    before: kept.before,
    mine,
    resolve,
  };
}

/** What only the service could know stands beside what was found here. */
function withRefusal(checked: CheckedDraft, refusal: MarkRefusal | null): CheckedDraft {
  if (refusal === null) return checked;
  const said = (refusal.problems ?? []).map((problem) => ({
    ...problem,
    kind: 'said' as const,
    atOnce: true,
  }));
  const known = new Set(checked.warnings.map(({ id }) => id));
  return {
    ...checked,
    problems: [
      ...checked.problems,
      ...said.filter(({ field }) => !checked.problems.some((problem) => problem.field === field)),
    ],
    warnings: [...checked.warnings, ...(refusal.warnings ?? []).filter(({ id }) => !known.has(id))],
  };
}

function newDraft(site: MineSite): KeptDraft {
  return { draft: firstDraft(site), baseVersion: site.version, before: valuesOfSite(site), savedAt: 0 };
}
