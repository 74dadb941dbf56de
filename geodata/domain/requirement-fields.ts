/** Where what a step needs stands in the body that takes the step, so that form, spreadsheet and server name one field. */
import { type RequirementId, requirements } from './workflow.ts';

/** `report`: PUT …/reports/{period}; `decision`: POST …/decisions. */
export type MarkBody = 'report' | 'decision';

/** Dotted path in the body. The reason of a step within a report is its note. */
export function requirementField(id: RequirementId, body: MarkBody): string {
  const inFacts = (name: string): string => (body === 'report' ? `answer.facts.${name}` : `facts.${name}`);
  switch (requirements[id].form) {
    case 'document':
    case 'photo':
      return 'attachments';
    case 'number':
      return inFacts('documentNumber');
    case 'date':
      return inFacts('startedOn');
    case 'notice':
      return inFacts('notice');
    case 'text':
      if (id === 'source') return inFacts('source');
      return body === 'report' ? 'answer.note' : 'reason';
  }
}
