/** Which language a request asks for: `lang=`, else Accept-Language, else Chinese. */
import type { IncomingMessage } from 'node:http';

export type Language = 'zh' | 'en';

/** Never throws, because problem documents need it too; an unknown `lang=` falls through to the header. */
export function languageOf(request: IncomingMessage): Language {
  const asked = /[?&]lang=([A-Za-z-]*)/.exec(request.url ?? '')?.[1];
  if (asked !== undefined && /^zh\b/i.test(asked)) return 'zh';
  if (asked !== undefined && /^en\b/i.test(asked)) return 'en';
  const ranked = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().toLowerCase().split(';');
      const quality = options.map((option) => /^\s*q=([0-9.]+)$/.exec(option)?.[1]).find(Boolean);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => /^(zh|en)\b/.test(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return ranked[0]?.tag.startsWith('en') ? 'en' : 'zh';
}
