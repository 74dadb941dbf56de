/** /api/accounts, /api/layer-access and /api/audit: for administrators, the audit for auditors too. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type AccountChange,
  type AccountRecord,
  accountListSchema,
  accountRecordSchema,
  issuedAccountSchema,
  type NewAccount,
} from '../../geodata/contract/accounts.ts';
import { auditPageSchema } from '../../geodata/contract/audit.ts';
import { layerAccessListSchema, layerAccessSchema } from '../../geodata/contract/layer-access.ts';
import { serviceUrl } from './base-url.ts';
import { catalogueQuery } from './catalogue.ts';
import { noteMissingRight } from './imports.ts';
import { requestJson } from './request.ts';
import { csrfTokenOf } from './session.ts';
import { type Write, writeJson } from './write.ts';

const accountsKey = ['accounts'] as const;
const layerAccessKey = ['layer-access'] as const;
const auditKey = ['audit'] as const;

export function useAccounts() {
  return useQuery({
    queryKey: accountsKey,
    queryFn: ({ signal }) => requestJson(serviceUrl('api/accounts'), accountListSchema, signal),
    staleTime: 0,
  });
}

function accountUrl(id: string, rest = ''): string {
  return serviceUrl(`api/accounts/${encodeURIComponent(id)}${rest}`);
}

/** A write after which list and audit are asked again. Rejects with RequestError. */
function useAccountWrite<Asked, Answer>(requestOf: (asked: Asked) => Omit<Write<Answer>, 'csrfToken'>) {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (asked: Asked) => writeJson({ ...requestOf(asked), csrfToken: csrfTokenOf(client) }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: accountsKey });
      void client.invalidateQueries({ queryKey: auditKey });
    },
  });
}

/** Resolves with the account and the password that is shown this once. */
export function useAddAccount() {
  return useAccountWrite((body: NewAccount) => ({
    method: 'POST',
    url: serviceUrl('api/accounts'),
    body,
    schema: issuedAccountSchema,
  }));
}

export function useChangeAccount() {
  return useAccountWrite(
    ({ id, version, change }: { id: string; version: number; change: AccountChange }) => ({
      method: 'PATCH',
      url: accountUrl(id),
      body: change,
      version,
      schema: accountRecordSchema,
    }),
  );
}

/** Resolves with the account and the password that is shown this once. */
export function useResetPassword() {
  return useAccountWrite(({ id }: Pick<AccountRecord, 'id'>) => ({
    method: 'POST',
    url: accountUrl(id, '/password-reset'),
    schema: issuedAccountSchema,
  }));
}

export function useEndSessions() {
  return useAccountWrite(({ id }: Pick<AccountRecord, 'id'>) => ({
    method: 'DELETE',
    url: accountUrl(id, '/sessions'),
    schema: accountRecordSchema,
  }));
}

export function useLayerAccess() {
  return useQuery({
    queryKey: layerAccessKey,
    queryFn: ({ signal }) => requestJson(serviceUrl('api/layer-access'), layerAccessListSchema, signal),
    staleTime: 0,
  });
}

/** `anonymousRead` null: as the layer is defined. */
export function useSetLayerAccess() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ layerId, anonymousRead }: { layerId: string; anonymousRead: boolean | null }) =>
      writeJson({
        method: 'PUT',
        url: serviceUrl(`api/layer-access/${encodeURIComponent(layerId)}`),
        body: { anonymousRead },
        csrfToken: csrfTokenOf(client),
        schema: layerAccessSchema,
      }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => {
      for (const queryKey of [layerAccessKey, auditKey, catalogueQuery.queryKey]) {
        void client.invalidateQueries({ queryKey });
      }
    },
  });
}

/** '' leaves a part of the question out; days in Asia/Shanghai. */
export type AuditQuestion = { from: string; to: string; action: string; actor: string };

function auditQuery(question: AuditQuestion): Record<string, string> {
  return Object.fromEntries(
    Object.entries(question)
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  );
}

/** Newest first, page by page. */
export function useAudit(question: AuditQuestion) {
  return useInfiniteQuery({
    queryKey: [...auditKey, question],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      requestJson(
        serviceUrl('api/audit', {
          ...auditQuery(question),
          ...(pageParam === null ? {} : { before: String(pageParam) }),
        }),
        auditPageSchema,
        signal,
      ),
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
    staleTime: 0,
  });
}

/** Address of all entries that match, as CSV. */
export function auditCsvUrl(question: AuditQuestion): string {
  return serviceUrl('api/audit', { ...auditQuery(question), f: 'csv' });
}
