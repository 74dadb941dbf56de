/** Requests that once found a fault, kept so that it does not come back. A failure the fuzzer prints is added here as it is. */
import type { FuzzRequest } from './fuzz-request.ts';

const form = (...parts: string[]): string =>
  [...parts.map((part) => `--edge\r\n${part}\r\n`), '--edge--\r\n'].join('');
const file = 'Content-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\ntext';
const field = 'Content-Disposition: form-data; name="token"\r\n\r\ntext';

function upload(body: string, framing: FuzzRequest['framing']): FuzzRequest {
  const headers: FuzzRequest['headers'] = [
    ['Host', 'HOST'],
    ['Content-Type', 'multipart/form-data; boundary=edge'],
  ];
  return { method: 'POST', target: '/api/imports', headers, body, framing, as: 'administrator' };
}

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
  {
    fault:
      'uploads that were torn, or held more than files, kept their places until no file was taken any more',
    requests: [
      ...Array.from({ length: 3 }, () => upload(form(file, field), 'length')),
      ...Array.from({ length: 3 }, () => upload(form(file, file), 'bad-chunks')),
      ...Array.from({ length: 3 }, () => upload(form(file), 'too-long')),
      upload(form(field), 'length'),
    ],
  },
];
