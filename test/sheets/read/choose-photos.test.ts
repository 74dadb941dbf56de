import { expect, it } from 'vitest';
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import { choosePhotos } from '../../../server/sheets/read/site-photos.ts';

const photo = (
  id: string,
  moment: Attachment['moment'],
  takenAt: string | null,
  others: Partial<Attachment> = {},
) =>
  ({
    id,
    kind: 'photo',
    moment,
    takenAt,
    uploadedAt: '2025-09-01T00:00:00Z',
    withdrawnAt: null,
    ...others,
  }) as Attachment;

it('photos of a page: the first before, the last during and after, nothing withdrawn and no document', () => {
  const chosen = choosePhotos([
    photo('6', 'after', '2025-08-02T00:00:00Z', { withdrawnAt: '2025-08-03T00:00:00Z' }),
    photo('5', 'after', '2025-08-01T00:00:00Z'),
    photo('4', 'during', '2025-02-01T00:00:00Z'),
    photo('3', 'before', '2024-03-01T00:00:00Z'),
    photo('2', 'before', '2024-01-01T00:00:00Z'),
    photo('1', 'before', '2023-01-01T00:00:00Z', { kind: 'document' }),
  ]);
  expect(chosen.map(({ id }) => id)).toEqual(['2', '4', '5']);
});

it('photos of a page as of a day are those there were by its end in China', () => {
  const photos = [photo('2', 'after', '2025-07-31T18:00:00Z'), photo('1', 'after', '2025-07-31T12:00:00Z')];
  expect(choosePhotos(photos, '2025-07-31').map(({ id }) => id)).toEqual(['1']);
  expect(choosePhotos(photos, '2025-08-01').map(({ id }) => id)).toEqual(['2']);
});

it('photos of no stated moment stand in only where there are no others', () => {
  const plain = ['1', '2', '3', '4'].map((id) => photo(id, null, `2025-0${id}-01T00:00:00Z`));
  expect(choosePhotos(plain).map(({ id }) => id)).toEqual(['2', '3', '4']);
  expect(choosePhotos([...plain, photo('9', 'before', null)]).map(({ id }) => id)).toEqual(['9']);
});
