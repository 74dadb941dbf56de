/** 底图的文字. Texts of the basemap, in both languages. */
export const basemapZh = {
  title: (name: string) => (name.startsWith('底图') ? name : `底图:${name}`),
  details: (title: string) => `${title}:不透明度与来源`,
  hint: '由外部地图服务提供,画在所有图层之下。打开后,本机会向该服务取图。',
  attribution: '底图',
  failing: '底图暂时无法获取,其他图层不受影响',
  online: '底图来自外部服务',
};

export type BasemapTexts = typeof basemapZh;

export const basemapEn: BasemapTexts = {
  title: (name) => (/^basemap/i.test(name) ? name : `Basemap: ${name}`),
  details: (title) => `${title}: opacity and source`,
  hint: 'Provided by an outside map service and drawn below all layers. While it is on, this machine asks that service for pictures.',
  attribution: 'Basemap',
  failing: 'The basemap is not available at the moment; other layers are not affected',
  online: 'Outside basemap',
};
