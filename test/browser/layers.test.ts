/** Every layer of the catalogue on the real map: its switch, its popup, and a link that restores it all. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import { chromiumPath, launchChromium, mapIdle, openPage } from './chromium.ts';

const appUrl = inject('appUrl');
const coreLayers = catalogue.filter((layer) => !layer.optional);

/** Labels fade in after the map says it is idle. */
const labelFadeMs = 600;

type Sample = { code: string; name: string; at: [number, number] };

/** A feature of the layer and a point on it: its anchor, or a vertex in the middle of its line. */
async function sampleOf(layer: LayerDefinition): Promise<Sample> {
  const answer = await fetch(`${appUrl}/ogc/collections/${layer.id}/items?limit=1&derived=anchor`);
  const { features } = (await answer.json()) as {
    features: {
      anchor?: [number, number];
      properties: Record<string, string>;
      geometry: { coordinates: [number, number][][] };
    }[];
  };
  const feature = features[0];
  const line = feature?.geometry.coordinates[0] ?? [];
  const at = feature?.anchor ?? line[Math.floor(line.length / 2)];
  if (feature === undefined || at === undefined) throw new Error(`${layer.id} has no feature`);
  return { code: feature.properties.code ?? '', name: feature.properties[layer.titleField] ?? '', at };
}

function addressOf(view: [number, number, number], only?: string): string {
  const off = catalogue.filter(({ id }) => only !== undefined && id !== only).map(({ id }) => id);
  return `${appUrl}/?view=${view.join(',')}${off.length > 0 ? `&off=${off.join(',')}` : ''}`;
}

/** The drawn map alone, without what lies above it. */
function mapPicture(page: Page): Promise<Buffer> {
  return page.locator('canvas.maplibregl-canvas').screenshot({ animations: 'disabled' });
}

/** Share of pixels that differ visibly between two pictures of one size; labels may settle a little differently. */
function differingShare(page: Page, a: Buffer, b: Buffer): Promise<number> {
  return page.evaluate(
    async ([first = '', second = '']) => {
      const pixels = async (base64: string): Promise<Uint8ClampedArray> => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext('2d');
        if (context === null) throw new Error('no canvas');
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height).data;
      };
      const [left, right] = [await pixels(first), await pixels(second)];
      if (left.length !== right.length) return 1;
      let differing = 0;
      for (let at = 0; at < left.length; at += 4) {
        const distance = [0, 1, 2].reduce(
          (sum, band) => sum + Math.abs((left[at + band] ?? 0) - (right[at + band] ?? 0)),
          0,
        );
        if (distance > 48) differing += 1;
      }
      return differing / (left.length / 4);
    },
    [a.toString('base64'), b.toString('base64')],
  );
}

describe.skipIf(chromiumPath === undefined)('layers on the map', () => {
  let browser: Browser;
  let loaded: CatalogueResponse;

  beforeAll(async () => {
    browser = await launchChromium();
    loaded = (await (await fetch(`${appUrl}/api/catalogue`)).json()) as CatalogueResponse;
  });
  afterAll(() => browser.close());

  it.each(
    coreLayers,
  )('$id opens a popup with its fields, units and source where it is clicked, and goes when its switch is turned off', async (layer) => {
    const { code, name, at } = await sampleOf(layer);
    const { page, breaches } = await openPage(browser, appUrl);
    await page.goto(addressOf([...at, 13], layer.id));
    await mapIdle(page);
    const box = await page.locator('canvas.maplibregl-canvas').boundingBox();
    if (box === null) throw new Error('no map');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const popup = page.getByRole('dialog', { name });
    // The title may stand before the fields have come.
    await popup.getByText('示意数据').first().waitFor();
    const text = (await popup.textContent()) ?? '';
    expect(text).toContain(code);
    expect(text).toContain(layer.title.zh);
    expect(text).toContain('示意数据');
    const dataset = loaded.layers.find(({ definition }) => definition.id === layer.id)?.datasets[0];
    expect(text).toContain(dataset?.source);
    for (const field of layer.fields.filter(({ popup: shown, unit }) => shown && unit === 'm2')) {
      if (text.includes(field.title.zh)) expect(text).toMatch(/[\d,.]+\s*(m²|公顷|km²|亩)/);
    }
    await page.keyboard.press('Escape');
    await popup.waitFor({ state: 'detached' });
    await page.waitForTimeout(labelFadeMs);
    await mapIdle(page);
    const before = await mapPicture(page);
    expect((await mapPicture(page)).equals(before)).toBe(true);

    const toggle = page.getByRole('switch', { name: `显示${layer.title.zh}` });
    expect(await toggle.getAttribute('aria-checked')).toBe('true');
    await toggle.click();
    await page.waitForURL((url) => (url.searchParams.get('off') ?? '').split(',').includes(layer.id));
    await mapIdle(page);
    expect((await mapPicture(page)).equals(before)).toBe(false);
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('shows layers that are not loaded grey as 未导入', async () => {
    const optional = catalogue.filter((layer) => layer.optional);
    expect(optional).not.toEqual([]);
    const { page } = await openPage(browser, appUrl);
    await page.goto(`${appUrl}/`);
    await mapIdle(page);
    for (const layer of optional) {
      const toggle = page.getByRole('switch', { name: `显示${layer.title.zh}` });
      expect(await toggle.isDisabled(), layer.id).toBe(true);
      const row = page.locator('.layer-row', { has: toggle });
      expect(await row.textContent()).toContain('未导入');
    }
    await page.context().close();
  });

  it('restores view, layers, opacity, filter and selection from the address after a reload', async () => {
    const { code, at } = await sampleOf(coreLayers.find(({ id }) => id === 'wetland_parks') ?? fail());
    const query = new URLSearchParams({
      view: `${at[0].toFixed(3)},${at[1].toFixed(3)},10.5`,
      off: 'rivers',
      opacity: 'ecological_red_lines:0.4',
      filter: 'mine_sites:closed.rectifying',
      select: `wetland_parks:${code}`,
    });
    const { page, breaches } = await openPage(browser, appUrl);
    await page.goto(`${appUrl}/?${query}`);
    await mapIdle(page);
    await page.getByRole('dialog').waitFor();
    await mapIdle(page);
    await page.waitForTimeout(labelFadeMs);
    const picture = await mapPicture(page);
    const address = new URL(page.url());
    await page.reload();
    await mapIdle(page);
    await page.getByRole('dialog').waitFor();
    await mapIdle(page);
    await page.waitForTimeout(labelFadeMs);
    expect(new URL(page.url()).search).toBe(address.search);
    expect(await differingShare(page, await mapPicture(page), picture)).toBeLessThan(0.002);
    for (const [name, value] of query) expect(address.searchParams.get(name)).toBe(value);
    const shown = await page.getByRole('switch', { name: '显示水系' }).getAttribute('aria-checked');
    expect(shown).toBe('false');
    expect(breaches).toEqual([]);
    await page.context().close();
  });

  it('filters map, table and figures by one click on the legend strip', async () => {
    const { page, breaches } = await openPage(browser, appUrl);
    await page.goto(`${appUrl}/`);
    await mapIdle(page);
    const before = await mapPicture(page);
    const entry = page.getByRole('group', { name: '图例' }).getByRole('button', { name: /整改/ });
    const count = Number(/\d+/.exec((await entry.textContent()) ?? '')?.[0]);
    expect(count).toBeGreaterThan(0);
    await entry.click();
    await mapIdle(page);
    expect(await entry.getAttribute('aria-pressed')).toBe('true');
    expect((await mapPicture(page)).equals(before)).toBe(false);
    await page
      .getByText(`属性表 ${count} 座`)
      .or(page.getByText(`${count} 座 · 已选 0`))
      .first()
      .waitFor();
    expect(breaches).toEqual([]);
    await page.context().close();
  });
});

function fail(): never {
  throw new Error('the catalogue has no wetland parks');
}
