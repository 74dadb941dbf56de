/** Colours, type and rhythm handed to Ant Design; the same values stand as CSS variables in styles/base.css. */
import type { ThemeConfig } from 'antd';

const INK = '#1F2933';

const fontFamily =
  '"PingFang SC","Microsoft YaHei UI","HarmonyOS Sans SC","Source Han Sans SC","Noto Sans SC","Noto Sans CJK SC",sans-serif';

export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0B5CAD',
    colorInfo: '#0B5CAD',
    colorLink: '#0B5CAD',
    colorError: '#9B1124',
    colorText: INK,
    colorTextSecondary: '#4A5763',
    colorTextTertiary: '#5B6773',
    colorTextPlaceholder: '#5F6B77',
    colorTextDisabled: '#6B7683',
    colorBorder: '#CBD2D9',
    colorBorderSecondary: '#E1E6EB',
    fontFamily,
    fontSize: 14,
    lineHeight: 22 / 14,
    borderRadius: 4,
    controlHeight: 32,
    padding: 12,
    paddingLG: 16,
    fontWeightStrong: 600,
    // What is shown is there at once. A component that waits for the end of a transition waits for ever
    // where the browser leaves the transition out, and a button then keeps the name of its spinner.
    motion: false,
  },
  components: {
    Switch: { trackHeightSM: 16, trackMinWidthSM: 28, colorTextQuaternary: '#7B8794' },
  },
};
