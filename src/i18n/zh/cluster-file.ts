import { unreachable } from '../../engine/base/result';
import type { ClusterFileError } from '../../engine/topology/file';

export function fileError(error: ClusterFileError): string {
  switch (error.kind) {
    case 'not-json':
      return '它不是 JSON';
    case 'not-a-cluster':
      return '它是 JSON，但不是 Hopscope 的集群文件';
    case 'other-version':
      return `它的版本是 ${error.version}，本程序只读版本 ${error.supported}`;
    case 'invalid':
      return `在 ${error.path}：应为 ${error.expected}，实为 ${error.received}`;
    case 'missing-device':
      return `在 ${error.path}：主机 ${error.host} 上没有设备 ${error.dev}`;
    case 'twice':
      return `在 ${error.path}：${error.name} 出现了两次`;
    default:
      return unreachable(error);
  }
}
