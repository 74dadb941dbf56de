/** The frame of a form about a site: a drawer beside the map at a desk, a sheet from below on the phone. */
import { CloseOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useMarkingTexts } from '../../i18n/marking-texts.ts';
import { useWindowWidth } from '../window-width.ts';

export function TaskFrame(props: {
  title: string;
  /** Under the title: where in the form one is. */
  subtitle?: ReactNode;
  close: () => void;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const { form: texts } = useMarkingTexts();
  const phone = useWindowWidth() === 'phone';
  return (
    <Drawer
      open
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '88dvh' : 480}
      // At a desk the map stays usable beside the form.
      mask={phone}
      onClose={props.close}
      closable={false}
      rootClassName={phone ? 'task-drawer task-sheet' : 'task-drawer'}
      title={
        <div className="task-head">
          <div>
            <h2>{props.title}</h2>
            {props.subtitle !== undefined && <div className="task-subtitle">{props.subtitle}</div>}
          </div>
          <button
            type="button"
            className="icon-button"
            aria-label={texts.close}
            title={texts.close}
            onClick={props.close}
          >
            <CloseOutlined />
          </button>
        </div>
      }
      footer={props.footer}
    >
      {props.children}
    </Drawer>
  );
}
