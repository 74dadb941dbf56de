/** 数据说明: the datasets on the map, over the page. */
import { Modal } from 'antd';
import { useTexts } from '../../i18n/text.ts';
import { DatasetList } from './dataset-list.tsx';

export default function DataInformation({ open, close }: { open: boolean; close: () => void }) {
  const { dataDate } = useTexts();
  return (
    <Modal title={dataDate.title} open={open} onCancel={close} footer={null} width={1080}>
      <DatasetList />
    </Modal>
  );
}
