/** Requests that once found a fault, kept so that it does not come back. A failure the fuzzer prints is added here as it is. */
import type { FuzzRequest } from './fuzz-request.ts';

/** The Host of the service under test stands for `HOST`. */
export const pastFailures: readonly { fault: string; requests: FuzzRequest[] }[] = [
  {
    fault: 'a request the parser refuses, on a connection that had served before, was closed without a word',
    requests: [
      { method: 'GET', target: '/health', headers: [['Host', 'HOST']], as: 'anonymous' },
      { method: 'FOO', target: '/metrics', headers: [['Host', 'HOST']], as: 'anonymous' },
      { method: 'GET', target: '/health', headers: [['Host', 'HOST']], as: 'anonymous' },
      {
        method: 'GET',
        target: '/ogc/conformance',
        headers: [
          ['Host', 'HOST'],
          ['X-Long', 'x'.repeat(20_000)],
        ],
        as: 'anonymous',
      },
    ],
  },
  {
    fault: 'an unknown expectation and a wrong framing together were answered twice',
    requests: [
      {
        method: 'GET',
        target: '/health',
        headers: [
          ['Host', 'HOST'],
          ['Expect', 'everything'],
          ['Transfer-Encoding', 'identity'],
        ],
        as: 'anonymous',
      },
    ],
  },
];
