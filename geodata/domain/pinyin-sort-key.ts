/** Sort key of Chinese names: neither engine has a Chinese collation that both share. */
import { pinyin } from 'pinyin-pro';

/**
 * Pinyin without tones in lower case, one space between syllables: 赣县区 → 'gan xian qu'.
 * Runs of other characters stay together; '' gives ''.
 */
export function pinyinSortKey(name: string): string {
  return pinyin(name, { toneType: 'none', nonZh: 'consecutive', v: true })
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
