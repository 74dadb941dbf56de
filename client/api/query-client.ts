/** The cache of answers: data changes by import only, so it stays fresh until a page is opened again. */
import { QueryClient } from '@tanstack/react-query';
import { isPassing, RequestError } from './request.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && error instanceof RequestError && isPassing(error.failure),
    },
  },
});
