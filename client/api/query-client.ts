/** The cache of answers: data changes by import only, which follow-data.ts notices. */
import { QueryClient } from '@tanstack/react-query';
import { isPassing, RequestError } from './request.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      // The service may be on this machine or this network: a browser that calls itself offline still reaches it.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && error instanceof RequestError && isPassing(error.failure),
    },
  },
});
