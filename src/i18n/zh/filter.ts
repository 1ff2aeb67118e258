import type { Expected, FilterError } from '../../engine/filter/types';
import type { filter as en } from '../en/filter';

const EXPECTED: Readonly<Record<Expected, string>> = {
  primitive: '要找的东西，例如 host、port、icmp 或 tcp',
  address: 'IP 地址',
  network: '网络，例如 10.244.0.0/16',
  mac: 'MAC 地址',
  port: '端口号',
  'port-range': '端口范围，例如 80-90',
  number: '数字',
  protocol: '协议号或协议名',
  'point-name': '抓包点的名字',
  comparison: '比较符，例如 = 或 !=',
  size: '1、2 或 4 字节的长度',
  'and-or': 'and、or 或结尾',
  'closing-parenthesis': '右括号',
  'closing-bracket': '右方括号',
};

function error({ kind, at, length, expected }: FilterError, text: string): string {
  const word = text.slice(at, at + length);
  switch (kind) {
    case 'end':
      return `过滤式到此结束，还缺${EXPECTED[expected]}`;
    case 'unexpected':
      return `“${word}”处应为${EXPECTED[expected]}`;
    case 'unknown-word':
      return `过滤式里没有“${word}”这个词；应为${EXPECTED[expected]}`;
    case 'out-of-range':
      return `“${word}”太大`;
    case 'host-bits':
      return `“${word}”在前缀之后还有非零位`;
  }
}

export const filter: typeof en = { error };
