/** /api/import-profiles: mappings of columns to fields that are used again. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { type ImportProfile, importProfileSchema } from '../../geodata/contract/imports.ts';
import { serviceUrl } from './base-url.ts';
import { noteMissingRight } from './imports.ts';
import { requestJson } from './request.ts';
import { csrfTokenOf } from './session.ts';
import { writeJson } from './write.ts';

const profilesKey = ['import-profiles'] as const;
const listSchema = z.object({ profiles: z.array(importProfileSchema) });

const profileUrl = (name: string) => serviceUrl(`api/import-profiles/${encodeURIComponent(name)}`);

export function useImportProfiles() {
  return useQuery({
    queryKey: profilesKey,
    queryFn: ({ signal }) => requestJson(serviceUrl('api/import-profiles'), listSchema, signal),
  });
}

/** Writes over a profile of the same name. */
export function useSaveProfile() {
  return useProfileChange((profile: ImportProfile) => ({
    method: 'PUT' as const,
    url: profileUrl(profile.name),
    body: profile,
  }));
}

export function useDeleteProfile() {
  return useProfileChange((name: string) => ({ method: 'DELETE' as const, url: profileUrl(name) }));
}

function useProfileChange<Input>(
  requestOf: (input: Input) => { method: 'PUT' | 'DELETE'; url: string; body?: unknown },
) {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (input: Input) =>
      writeJson({ ...requestOf(input), csrfToken: csrfTokenOf(client), schema: z.unknown() }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => client.invalidateQueries({ queryKey: profilesKey }),
  });
}
