/** An order for many sites at once: 本期无进展, a decision under one 文号, a review. All of it or nothing. */
import type { ChangeSet, ChangeSetOrder } from '../../geodata/contract/change-sets.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { statuses } from '../../geodata/domain/workflow.ts';
import type { Context } from '../context.ts';
import { UnprocessableError } from '../errors.ts';
import { asSetRefusal } from './change-set-refused.ts';
import { readChangeSet } from './list-change-sets.ts';
import { attachDocument } from './list-documents.ts';
import type { Mark } from './mark.ts';
import { MarksRefusedError } from './marks-refused.ts';
import { writeChangeSet } from './write-change-set.ts';

/** Throws UnprocessableError, ForbiddenError or PreconditionFailedError that name the sites in the way. */
export async function makeChangeSet(
  { database, config }: Pick<Context, 'database' | 'config'>,
  account: SignedInAccount,
  order: ChangeSetOrder,
): Promise<ChangeSet> {
  checkOrder(order);
  const documentId = order.kind === 'decision' ? order.documentId : undefined;
  try {
    const id = await database.transaction(
      (client) =>
        writeChangeSet(client, account, {
          kind: order.kind,
          title: titleOf(order),
          documentNumber: order.kind === 'decision' ? (order.decision.facts.documentNumber ?? null) : null,
          undoesId: null,
          marks: order.sites.map((site): Mark => ({ ...site, ...markOf(order) })),
          addDocuments: async (changeSetId) =>
            documentId === undefined
              ? []
              : [await attachDocument(client, config.dataDir, { account, changeSetId, documentId })],
        }),
      { class: 'bulk' },
    );
    return await readChangeSet(database, account, id);
  } catch (error) {
    if (!(error instanceof MarksRefusedError)) throw error;
    throw await asSetRefusal(database, account, error, order.kind === 'decision' ? null : order.period);
  }
}

type MarkOfOrder = Mark extends infer One
  ? One extends Mark
    ? Omit<One, 'code' | 'version'>
    : never
  : never;

function markOf(order: ChangeSetOrder): MarkOfOrder {
  switch (order.kind) {
    case 'no_progress': {
      const { period, effectiveOn, reason } = order;
      const answer = { noProgressReason: reason };
      return { kind: 'submit', period, order: { effectiveOn, answer, attachments: [], reasons: {} } };
    }
    case 'decision':
      return { kind: 'decide', decision: order.decision };
    case 'review':
      return { kind: 'review', period: order.period, review: order.review };
  }
}

/** As it stands in lists and in the audit, in the language of the record. */
function titleOf(order: ChangeSetOrder): string {
  switch (order.kind) {
    case 'no_progress':
      return `${order.period} 本期无进展:${order.reason}`;
    case 'decision': {
      const number = order.decision.facts.documentNumber;
      return [statuses[order.decision.to].title.zh, ...(number === undefined ? [] : [number])].join(' ');
    }
    case 'review':
      return order.review.decision === 'pass'
        ? `${order.period} 审核通过`
        : `${order.period} 退回:${order.review.reason}`;
  }
}

/** What no site can be at fault for. */
function checkOrder(order: ChangeSetOrder): void {
  const codes = order.sites.map(({ code }) => code);
  const twice = [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))];
  if (twice.length > 0) {
    throw new UnprocessableError(
      {
        zh: `矿山 ${twice.slice(0, 5).join('、')} 在名单中出现了多次,请去掉重复的。`,
        en: `The sites ${twice.slice(0, 5).join(', ')} are in the list more than once; leave out the repetitions.`,
      },
      { field: 'sites' },
    );
  }
  if (order.kind !== 'decision') return;
  if (order.decision.attachments.length > 0) {
    throw new UnprocessableError(
      {
        zh: '成批办理时,材料以名单文件(documentId)上传,不用单座矿山的附件。',
        en: 'A decision about a list takes one document of the list (documentId), not attachments of single sites.',
      },
      { field: 'decision.attachments' },
    );
  }
  if (order.decision.facts.acceptedAreaSquareMeters !== undefined && order.sites.length > 1) {
    throw new UnprocessableError(
      {
        zh: '验收面积每座矿山不同,不能成批填写同一个数;请逐座办理,或不填。',
        en: 'The accepted area differs from site to site and cannot be the same for a list; leave it out, or decide site by site.',
      },
      { field: 'decision.facts.acceptedAreaSquareMeters' },
    );
  }
}
