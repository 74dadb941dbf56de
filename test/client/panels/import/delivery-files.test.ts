import { describe, expect, it } from 'vitest';
import { addFiles, deliveryProblem } from '../../../../client/panels/import/delivery-files.ts';

const files = (...names: string[]) => names.map((name) => ({ name, size: 10 }));

describe('a choice of files', () => {
  it.each([
    [[]],
    [['红线.zip']],
    [['a.geojson']],
    [['红线.shp', '红线.SHX', '红线.dbf']],
    [['红线.shp', '红线.shx', '红线.dbf', '红线.prj', '红线.cpg', '红线.shp.xml', '红线.sbn']],
  ])('may be one delivery: %j', (names) => {
    expect(deliveryProblem(files(...names))).toBeNull();
  });

  it('names the parts of a shapefile that are missing', () => {
    expect(deliveryProblem(files('红线.shp', '红线.prj'))).toEqual({
      kind: 'missing',
      names: ['.shx', '.dbf'],
    });
    expect(deliveryProblem(files('红线.dbf'))).toEqual({ kind: 'missing', names: ['.shp', '.shx'] });
  });

  it('tells parts of two shapefiles apart by their names', () => {
    expect(deliveryProblem(files('a.shp', 'a.shx', 'b.dbf'))).toEqual({ kind: 'stems' });
  });

  it('refuses two deliveries at once, empty files and formats nothing reads', () => {
    expect(deliveryProblem(files('a.zip', 'b.gpkg'))).toEqual({ kind: 'several' });
    expect(deliveryProblem(files('a.shp', 'b.shp'))).toEqual({ kind: 'several' });
    expect(deliveryProblem([{ name: 'a.zip', size: 0 }])).toEqual({ kind: 'empty', name: 'a.zip' });
    expect(deliveryProblem(files('a.pdf'))).toEqual({ kind: 'unknown', name: 'a.pdf' });
  });

  it('says at once what is more than the service takes', () => {
    expect(deliveryProblem([{ name: 'a.zip', size: 2 ** 30 + 1 }])).toEqual({ kind: 'tooLarge' });
    const many = Array.from({ length: 201 }, (_, index) => ({ name: `${index}.shp`, size: 1 }));
    expect(deliveryProblem(many)).toEqual({ kind: 'tooMany' });
  });

  it('takes a corrected file in place of the one of the same name', () => {
    const [before, other] = files('a.shp', 'a.dbf');
    const after = { name: 'a.shp', size: 99 };
    expect(
      addFiles(
        [before, other].filter((file) => file !== undefined),
        [after],
      ),
    ).toEqual([other, after]);
  });
});
