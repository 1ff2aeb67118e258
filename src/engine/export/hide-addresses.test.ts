import { expect, test } from 'vitest';
import { anonymiser } from './hide-addresses';

test('addresses of one network keep their letter and their last number', () => {
  const hide = anonymiser();
  expect(hide('10.244.1.4 via 10.244.1.1')).toBe('A.4 via A.1');
  expect(hide('10.244.2.0/24 via 192.168.0.82, from 10.244.1.4')).toBe('B.0/24 via C.82, from A.4');
});

test('MACs are numbered, and the broadcast, the default route and masks stay', () => {
  const hide = anonymiser();
  expect(hide('5e:c1:b9:a7:b8:56 > ff:ff:ff:ff:ff:ff, again 5E:C1:B9:A7:B8:56')).toBe(
    'M1 > ff:ff:ff:ff:ff:ff, again M1',
  );
  expect(hide('0.0.0.0/0 & 255.255.255.0')).toBe('0.0.0.0/0 & 255.255.255.0');
});

test('a version or a time is no address', () => {
  expect(anonymiser()('1.2.3 at 12:34:56, 999.1.1.1')).toBe('1.2.3 at 12:34:56, 999.1.1.1');
});
