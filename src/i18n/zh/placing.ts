import type { placing as en } from '../en/placing';

export const placing: typeof en = {
  hint: '拖动可移动；用键盘：Alt 加方向键',
  layOut: '自动排布',
};
