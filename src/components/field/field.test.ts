import { describe, expect, test } from 'vitest';
import { article } from '../../engine/topology/scenarios/article';
import { fieldOf, found, gridOf, nodeAt } from './field';

const nodes = fieldOf(article);
const names = (search: string) => found(nodes, search).map((i) => nodes[i]?.host.name);

describe('found', () => {
  test('nothing asked: every node', () => expect(names('')).toEqual(['node1', 'node2', 'master']));
  test('by name, address and pod network', () => {
    expect(names('node2')).toEqual(['node2']);
    expect(names('192.168.0.80')).toEqual(['master']);
    expect(names('10.244.1.')).toEqual(['node1']);
  });
  test('by an address inside its pod network, by a pod’s name', () => {
    expect(names('10.244.2.77')).toEqual(['node2']);
    expect(names('7jxzs')).toEqual(['node1']);
  });
  test('nothing found', () => expect(names('nobody')).toEqual([]));
});

describe('gridOf', () => {
  test.each([1, 2, 7, 100, 5000])('%i squares all fit, and no larger ones would', (count) => {
    const { columns, cell } = gridOf(count, 800, 400);
    const rows = Math.ceil(count / columns);
    expect(columns * cell).toBeLessThanOrEqual(800 + 1e-9);
    expect(rows * cell).toBeLessThanOrEqual(400 + 1e-9);
    const larger = cell * 1.02;
    const fits = Math.floor(800 / larger) * Math.floor(400 / larger) >= count;
    expect(fits).toBe(false);
  });
});

describe('nodeAt', () => {
  const grid = { columns: 10, cell: 20 };
  test('finds the square under a point', () => expect(nodeAt(grid, 25, 45, 25)).toBe(12));
  test('is none beside the grid and after the last node', () => {
    expect(nodeAt(grid, 25, 205, 5)).toBe(-1);
    expect(nodeAt(grid, 25, 105, 45)).toBe(-1);
    expect(nodeAt(grid, 25, -1, 5)).toBe(-1);
  });
});
