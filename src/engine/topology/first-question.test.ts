import { describe, expect, test } from 'vitest';
import { firstQuestion } from './first-question';
import { article } from './scenarios/article';

describe('firstQuestion', () => {
  test('of the article’s cluster is the article’s own ping', () => {
    expect(firstQuestion(article)).toBe('pod1: ping -c 1 10.244.2.2');
  });
  test('asks from node to node where there is no pod', () => {
    const nodes = { ...article, hosts: article.hosts.filter(({ role }) => role === 'node'), capturePoints: [] };
    expect(firstQuestion(nodes)).toMatch(/^(master|node1): ping -c 1 192\.168\.0\.8\d$/);
  });
  test('is none where nobody has an address', () => {
    expect(firstQuestion({ ...article, hosts: [], capturePoints: [] })).toBeNull();
  });
});
